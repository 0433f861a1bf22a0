/** Business time the slow way: every minute is asked whether the desk is open. Shares nothing with the desk's own. */

export interface WrittenHours {
  tz: string;
  hours: Record<string, [string, string][] | undefined>;
  holidays?: string[];
}

type Known = { format: Intl.DateTimeFormat; open: Map<number, boolean> };
const known = new Map<string, Known>();

export function walkSeconds(hours: WrittenHours, from: number, to: number): number {
  let sum = 0;
  for (let minute = Math.floor(from / 60); minute * 60 < to; minute++) {
    if (!isOpenMinute(hours, minute)) continue;
    sum += Math.min(to, minute * 60 + 60) - Math.max(from, minute * 60);
  }
  return sum;
}

function isOpenMinute(hours: WrittenHours, minute: number): boolean {
  const { format, open } = memoryOf(hours);
  const remembered = open.get(minute);
  if (remembered !== undefined) return remembered;
  const parts = Object.fromEntries(
    format.formatToParts(minute * 60_000).map(({ type, value }) => [type, value]),
  );
  const time = `${parts.hour}:${parts.minute}`;
  const date = `${parts.year}-${parts.month}-${parts.day}`;
  const day = hours.hours[(parts.weekday ?? '').toLowerCase()] ?? [];
  const answer = !hours.holidays?.includes(date) && day.some(([start, end]) => time >= start && time < end);
  open.set(minute, answer);
  return answer;
}

function memoryOf(hours: WrittenHours): Known {
  const key = JSON.stringify(hours);
  const found = known.get(key);
  if (found) return found;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: hours.tz,
    hourCycle: 'h23',
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const made = { format, open: new Map<number, boolean>() };
  known.set(key, made);
  return made;
}
