import { inject, it } from 'vitest';
import { beginJourney, type Walk } from './journey.ts';
import { rowNamed } from './rows.ts';

/** One row of the requirements, watched in the running product. */
export function walkRow(id: string, walk: Walk): void {
  it(`${id}: ${rowNamed(id).requirement}`, () => walk(beginJourney(inject('deskDoors'), id)));
}
