import { createHash } from 'node:crypto';
import { fieldErrors } from '../../platform/http/field-errors.ts';
import { findUnstorable, isTooDeep } from '../../platform/http/json.ts';
import { parseSchedule } from '../schedules/index.ts';
import type { LineFate } from './import-history.ts';
import { type HistoryLine, historyLine } from './import-history-line.ts';

export interface ReadLine {
  /** Counted from 1, empty lines too. */
  number: number;
  line: HistoryLine;
}

/** Every line that can be read; the others have found their fate. */
export function readLines(ndjson: string, fates: Map<number, LineFate>): ReadLine[] {
  const read: ReadLine[] = [];
  // Some editors begin a file with a mark of its encoding.
  for (const [index, text] of ndjson
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    if (text.trim() === '') continue;
    const number = index + 1;
    const one = readLine(number, text);
    if ('line' in one && 'fate' in one) fates.set(number, one);
    else read.push(one);
  }
  return read;
}

function readLine(number: number, text: string): ReadLine | LineFate {
  let input: unknown;
  try {
    if (isTooDeep(text)) throw new Error('too deep');
    input = JSON.parse(text);
  } catch {
    return { line: number, id: null, fate: 'refused', error: invalidLine({ line: 'is not JSON' }) };
  }
  // One such text would take the lines beside it along.
  const unstorable = findUnstorable(input);
  if (unstorable !== null) {
    const fields = { [unstorable || 'line']: 'holds U+0000 or half a character, which cannot be stored' };
    return { line: number, id: idIn(input), fate: 'refused', error: invalidLine(fields) };
  }
  const parsed = historyLine.safeParse(input);
  if (parsed.success) return checkSchedule({ number, line: parsed.data });
  const fields = fieldErrors(parsed.error, 'line');
  return { line: number, id: idIn(input), fate: 'refused', error: invalidLine(fields) };
}

function checkSchedule(one: ReadLine): ReadLine | LineFate {
  const { schedule } = one.line;
  if (typeof schedule !== 'object' || schedule === null) return one;
  try {
    parseSchedule(schedule);
    return one;
  } catch (error) {
    return refuse(one, { schedule: (error as Error).message });
  }
}

export function refuse(one: ReadLine, fields: Record<string, string>, code = 'invalid'): LineFate {
  return { line: one.number, id: one.line.id, fate: 'refused', error: { ...invalidLine(fields), code } };
}

function invalidLine(fields: Record<string, string>) {
  return { code: 'invalid', message: 'This line cannot be taken as it is.', fields };
}

function idIn(input: unknown): string | null {
  const id = typeof input === 'object' && input !== null && 'id' in input ? input.id : null;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : null;
}

/** The ticket that this one ends in; null for one of its own. */
export function finalMerge(line: HistoryLine): string | null {
  const told = line.events
    .filter(({ type }) => type === 'merge' || type === 'unmerge')
    .sort((a, b) => a.at - b.at)
    .at(-1);
  if (told === undefined) return line.mergedInto ?? null;
  return told.type === 'merge' ? told.into : null;
}

export interface Digests {
  about: Buffer;
  events: Buffer;
}

/** Of a line without its events, and of its first `count` events. */
export function digestLine({ events, ...about }: HistoryLine, count = events.length): Digests {
  return { about: digest(about), events: digest(events.slice(0, count)) };
}

function digest(value: unknown): Buffer {
  return createHash('sha256').update(JSON.stringify(value)).digest();
}
