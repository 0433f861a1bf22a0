import type { FigureItemAnswer } from '../contract.ts';

const columns = [
  'ticketId',
  'subject',
  'at',
  'value',
  'numeratorPart',
  'businessSeconds',
  'calendarSeconds',
  'channel',
  'teamId',
  'agentId',
  'eventId',
] as const satisfies (keyof FigureItemAnswer)[];

/** RFC 4180, with a byte order mark so that spreadsheets read the words as UTF-8. */
export function itemsAsCsv(items: readonly FigureItemAnswer[]): string {
  const lines = items.map((item) => columns.map((column) => cellOf(item[column])).join(','));
  return `\uFEFF${[columns.join(','), ...lines].join('\r\n')}\r\n`;
}

/** A text that a spreadsheet would run as a formula is made a text by an apostrophe. */
function cellOf(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
