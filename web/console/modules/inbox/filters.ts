import type { Ticket, View } from '../../../../server/modules/tickets/contract.ts';

export const views = [
  'mine',
  'unassigned',
  'my_team',
  'open',
  'waiting',
  'breaching',
  'solved',
  'all',
] as const satisfies readonly View[];
export const sorts = ['due', 'waiting', 'updated', 'created', 'solved'] as const;
export const channels = ['email', 'phone', 'chat', 'form', 'social', 'sms', 'api'] as const;
export const priorities = ['urgent', 'high', 'normal', 'low'] as const;

export type Sort = (typeof sorts)[number];
export type Channel = Ticket['channel'];
export type Priority = NonNullable<Ticket['priority']>;

/** What narrows or orders a list, kept in the address so that it can be sent to a colleague. */
export type Filters = { sort?: Sort; channel?: Channel; priority?: Priority; tag?: string; inbox?: number };

export const isView = (value: unknown): value is View => views.includes(value as View);

const oneOf = <V extends string>(all: readonly V[], value: unknown): V | undefined =>
  all.find((one) => one === value);

/** Takes from an address what is known and drops the rest. */
export function readFilters(search: Record<string, unknown>): Filters {
  const inbox = Number(search.inbox);
  return dropAbsent({
    sort: oneOf(sorts, search.sort),
    channel: oneOf(channels, search.channel),
    priority: oneOf(priorities, search.priority),
    tag: typeof search.tag === 'string' && search.tag ? search.tag : undefined,
    inbox: Number.isInteger(inbox) && inbox > 0 ? inbox : undefined,
  });
}

export function dropAbsent(filters: Filters): Filters {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined));
}

/** How many filters hide tickets; the order hides none. */
export const countHiding = ({ sort: _, ...hiding }: Filters): number => Object.keys(hiding).length;

/** What comes first is what is due first, until somebody asks otherwise. */
export function sortOf(view: View, { sort }: Filters): Sort {
  if (sort) return sort;
  if (view === 'solved') return 'solved';
  if (view === 'waiting') return 'waiting';
  return view === 'all' ? 'updated' : 'due';
}
