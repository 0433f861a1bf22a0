/** Year first as the desk keeps them, or day first with dots; the year leaves no doubt which. */
const yearFirst = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/;
const dayFirst = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;

/** The calendar date that these words are, as `2026-12-25`; null when they are none. */
export function dateOf(words: string): string | null {
  const text = words.trim();
  const [, year, month, day] = yearFirst.exec(text) ?? turned(dayFirst.exec(text)) ?? [];
  if (!year || !month || !day) return null;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = new Date(`${date}T12:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date) ? date : null;
}

const turned = (found: RegExpExecArray | null) => found && [found[0], found[3], found[2], found[1]];

/**
 * The dates that stand in pasted lines, several in one too; what is written beside them is not kept. A line without
 * any is given back as it is, to be seen and put right.
 */
export function datesIn(text: string): string[] {
  return text.split(/\r?\n/).flatMap((line) => {
    if (line.trim() === '') return [];
    const dates = line
      .split(/[\s,;]+/)
      .map(dateOf)
      .filter((date) => date !== null);
    return dates.length > 0 ? dates : [line.trim()];
  });
}

/** What is kept of written rows: each date once, in order; what is no date goes to the desk, which refuses it. */
export function keptDates(rows: readonly string[]): string[] {
  const written = rows.filter((row) => row.trim() !== '').map((row) => dateOf(row) ?? row.trim());
  return [...new Set(written)].sort();
}
