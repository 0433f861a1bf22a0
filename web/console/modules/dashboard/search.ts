import { type PeriodName, periodNames } from './periods.ts';

export const channels = ['email', 'phone', 'chat', 'form', 'social', 'sms', 'api'] as const;
export const splits = ['channel', 'team', 'agent', 'tier', 'priority', 'language', 'target'] as const;
export type Split = (typeof splits)[number];

/** What a dashboard shows, kept in the address so that it can be sent to a colleague. */
export type DashboardSearch = {
  period?: PeriodName;
  /** Local days of the desk, `to` the first one that is out; for the period `custom`. */
  from?: string;
  to?: string;
  compare?: 'none';
  channel?: (typeof channels)[number];
  team?: number;
  agent?: number;
  tag?: string;
  /** The KPI whose explanation is open. */
  explain?: string;
  split?: Split;
  /** Charts as tables. */
  table?: true;
};

const isDay = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));
const isWord = (value: unknown): value is string => typeof value === 'string' && /^[a-z_]{1,60}$/.test(value);
const oneOf = <V extends string>(all: readonly V[], value: unknown): V | undefined =>
  all.find((one) => one === value);

function idOf(value: unknown): number | undefined {
  const id = Number(value);
  return Number.isSafeInteger(id) && id > 0 ? id : undefined;
}

/** Takes from an address what is known and drops the rest. */
export function readSearch(search: Record<string, unknown>): DashboardSearch {
  const days = isDay(search.from) && isDay(search.to) && search.from < search.to;
  const period = oneOf(periodNames, search.period);
  return dropAbsent({
    period: period === 'custom' && !days ? undefined : period,
    from: period === 'custom' && days ? (search.from as string) : undefined,
    to: period === 'custom' && days ? (search.to as string) : undefined,
    compare: search.compare === 'none' ? ('none' as const) : undefined,
    channel: oneOf(channels, search.channel),
    team: idOf(search.team),
    agent: idOf(search.agent),
    tag: typeof search.tag === 'string' && search.tag ? search.tag.slice(0, 60) : undefined,
    explain: isWord(search.explain) ? search.explain : undefined,
    split: oneOf(splits, search.split),
    table: search.table === true ? (true as const) : undefined,
  });
}

export const dropAbsent = <T extends object>(all: T): T =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as T;

/** The filters alone, as the API takes them. */
export const filtersOf = ({ channel, team, agent, tag }: DashboardSearch) =>
  dropAbsent({ channel, team, agent, tag });
