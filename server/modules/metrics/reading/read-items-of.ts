import type { Queryable } from '../../../platform/db/database.ts';
import { HttpError } from '../../../platform/http/errors.ts';
import type { FigureItem, Frame } from '../figure.ts';
import type { KpiDefinition } from '../kpis/definition.ts';
import type { FigureRequest } from './figure-request.ts';
import { readFigure } from './read-figure.ts';
import { selectRows } from './select-rows.ts';

const dayMs = 86_400_000;

/** The rows behind a figure, or behind one term of its identity: as many as the term says. */
export async function readItemsOf(
  db: Queryable,
  definition: KpiDefinition,
  request: FigureRequest,
  term: string | undefined,
): Promise<readonly FigureItem[]> {
  if (term === undefined) return (await readFigure(db, definition, request)).figure.items;
  const { window, asOf } = request;
  if (definition.terms && term === 'start') {
    const before = { from: window.from - dayMs, to: window.from };
    return (await readFigure(db, definition, { ...request, window: before })).figure.items;
  }
  const pick = definition.terms?.[term];
  if (!pick) throw noSuchTerm(definition, term);
  const selection = { window, asOf, throughout: false, knownAt: null };
  const rows = await selectRows(db, definition, request, selection);
  const frame: Frame = { ...window, asOf, businessSeconds: () => 0 };
  return pick(
    rows.map(({ observation }) => observation),
    frame,
  );
}

function noSuchTerm({ id, terms }: KpiDefinition, term: string): HttpError {
  const known = terms ? ['start', ...Object.keys(terms)].join(', ') : 'none';
  const message = `${id} has no term ${term}; it has ${known}.`;
  return new HttpError(400, 'bad_request', message, { fields: { term: message } });
}
