import { request } from '../../../../api/request.ts';
import type { Figure, FigureQuery, ItemPage } from '../figure-queries.ts';
import type { Input } from './examples.ts';

type Extras = Record<string, Record<string, number> | undefined>;
type Fill = (figure: Figure, query: FigureQuery) => Input | Promise<Input>;

const extrasOf = (figure: Figure) => figure as unknown as Extras;

/** How the live figure is written in the shape its calculator takes. */
const fills: Record<string, Fill> = {
  solved_to_created: ({ numerator, denominator }) => ({ created: denominator, solved: numerator }),
  volume_by_channel: (figure) => ({ counts: extrasOf(figure).counts ?? {} }),
  backlog: (figure) => {
    const {
      start = 0,
      created = 0,
      reopened = 0,
      restored = 0,
      solved = 0,
      spam = 0,
      merged = 0,
      deleted = 0,
    } = extrasOf(figure).identity ?? {};
    return { start, created, reopened, restored, solved, spam, merged, deleted };
  },
  sla: ({ numerator, denominator }) => ({ met: numerator, breached: denominator - numerator }),
  reopen_rate: ({ numerator, denominator, ...rest }) => ({
    solvedTickets: denominator,
    reopenedTickets: numerator,
    reopenEvents: typeof rest.events === 'number' ? rest.events : numerator,
  }),
  first_response_time: async ({ id }, query) => ({ valuesSeconds: await readParts(id, query) }),
};

/** Arithmetic that borrows the rows of a KPI. */
const borrowed: Record<string, string> = { percentile: 'resolution_time' };

export const canFill = (id: string): boolean => id in fills || id in borrowed;

export async function fillFromDesk(id: string, query: FigureQuery): Promise<Input> {
  const lender = borrowed[id];
  if (lender) return { values: await readParts(lender, query) };
  const figure = await request<Figure>('GET', `/kpis/${id}`, { query });
  return (await fills[id]?.(figure, query)) ?? {};
}

/** The seconds of every row behind a figure. */
async function readParts(id: string, { compare: _, ...query }: FigureQuery): Promise<number[]> {
  const { items } = await request<Pick<ItemPage, 'items'>>('GET', `/kpis/${id}/export`, {
    query: { ...query, format: 'json' },
  });
  return items.map((item) => item.numeratorPart);
}
