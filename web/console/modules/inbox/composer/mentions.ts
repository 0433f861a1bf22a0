import type { Staff } from '../../../../../server/modules/staff/contract.ts';
import { rankMatches } from '../../../../ui/filter.ts';

type Person = Pick<Staff, 'id' | 'name' | 'email'>;

const beforeCaret = /(?:^|[\s(])@([\p{L}\p{N}._+@-]{0,80})$/u;

/** The letters after an @ that the caret stands behind; undefined where nobody is being named. */
export function mentionQuery(text: string, caret: number): string | undefined {
  return beforeCaret.exec(text.slice(0, caret))?.[1];
}

/** By name or by address. */
export function findColleagues<P extends Person>(staff: readonly P[], query: string): P[] {
  return rankMatches(staff, query, (one) => `${one.name} ${one.email}`).slice(0, 6);
}

/** How a note calls somebody: by name, or by address where colleagues share the name. */
export function callOf(person: Person, staff: readonly Person[]): string {
  const shared = staff.some((one) => one.id !== person.id && sameWords(one.name, person.name));
  return shared ? person.email : person.name;
}

/** The text with the name written out, and where the caret goes on. */
export function writeMention(text: string, caret: number, name: string): { text: string; caret: number } {
  const query = mentionQuery(text, caret) ?? '';
  const start = text.slice(0, caret - query.length);
  const written = `${start}${name} `;
  return { text: written + text.slice(caret), caret: written.length };
}

/**
 * Whom a note names: behind each @ the longest name or address that stands there whole, so that "@Ann Lee" is not Ann.
 * A name that colleagues share, written by hand, means all of them.
 */
export function mentionedIds(text: string, staff: readonly Person[]): number[] {
  const called = new Set<number>();
  // An @ behind a Latin letter or a figure is an address's own.
  for (const { index } of text.matchAll(/(?<![\p{Script=Latin}\p{N}._+-])@/gu))
    for (const { id } of calledAt(text.slice(index + 1), staff)) called.add(id);
  return [...called];
}

function calledAt(words: string, staff: readonly Person[]): Person[] {
  const lengthOf = ({ name, email }: Person) =>
    Math.max(...[name, email].map((call) => (beginsWith(words, call) ? call.length : 0)));
  const longest = Math.max(0, ...staff.map(lengthOf));
  return longest === 0 ? [] : staff.filter((one) => lengthOf(one) === longest);
}

/** Whole: no letter or figure goes on where the name ends. Chinese has no spaces, so there a name may be followed by words. */
function beginsWith(words: string, call: string): boolean {
  const [next = ''] = words.slice(call.length);
  const ends = !/[\p{L}\p{N}]/u.test(next) || /\p{Script=Han}/u.test(next);
  return ends && sameWords(words.slice(0, call.length), call);
}

const sameWords = (a: string, b: string): boolean => a !== '' && a.toLowerCase() === b.toLowerCase();
