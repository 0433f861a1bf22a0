import type { Staff } from '../../../../../server/modules/staff/contract.ts';
import { rankMatches } from '../../../../ui/filter.ts';

type Person = Pick<Staff, 'id' | 'name'>;

const beforeCaret = /(?:^|[\s(])@([\p{L}\p{N}._-]{0,40})$/u;

/** The letters after an @ that the caret stands behind; undefined where nobody is being named. */
export function mentionQuery(text: string, caret: number): string | undefined {
  return beforeCaret.exec(text.slice(0, caret))?.[1];
}

export function findColleagues<P extends Person>(staff: readonly P[], query: string): P[] {
  return rankMatches(staff, query, (one) => one.name).slice(0, 6);
}

/** The text with the name written out, and where the caret goes on. */
export function writeMention(text: string, caret: number, name: string): { text: string; caret: number } {
  const query = mentionQuery(text, caret) ?? '';
  const start = text.slice(0, caret - query.length);
  const written = `${start}${name} `;
  return { text: written + text.slice(caret), caret: written.length };
}

/** Whom a note names: everyone whose whole name stands behind an @. */
export function mentionedIds(text: string, staff: readonly Person[]): number[] {
  return staff.filter((one) => text.includes(`@${one.name}`)).map((one) => one.id);
}
