import { z } from 'zod';
import { id, idParameter } from '../auth/contract.ts';

/** Shapes of the figures at the native API. Instants are ISO-8601 in UTC; durations are whole seconds. */

const instant = z.string();
const number = z.number().nullable();
/** The position of the log up to which its events are in the figure. */
const measuredTo = z.int();
const moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

export const splitShape = z.enum(['channel', 'team', 'agent', 'tier', 'priority', 'language', 'target']);
export const intervalShape = z.enum(['hour', 'day', 'week', 'month']);

const label = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}]*$/u, 'holds a character that no label has');
const filters = {
  channel: z.enum(['email', 'phone', 'chat', 'form', 'social', 'sms', 'api']).optional(),
  team: idParameter.optional(),
  agent: idParameter.optional(),
  tag: label(60).optional(),
  tier: z.coerce.number().int().min(1).max(4).optional(),
  priority: z.enum(['low', 'normal', 'high', 'urgent']).optional(),
  language: label(20).optional(),
};
const compare = z.enum(['none', 'previous']).default('none');

export const kpiParams = z.object({ id: z.string().max(60) });

/** `from` and `to`: local days of the desk, half-open, or instants. Without them: what the KPI is. */
export const kpiQuery = z.strictObject({
  from: moment.optional(),
  to: moment.optional(),
  interval: intervalShape.optional(),
  group_by: splitShape.optional(),
  compare,
  ...filters,
});
/** A term of the figure's identity, such as `reopened` of the backlog, instead of the figure itself. */
const term = z.string().max(20).optional();

export const itemsQuery = z.strictObject({
  ...kpiQuery.shape,
  from: moment,
  to: moment,
  term,
  cursor: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export const exportQuery = z.strictObject({
  ...kpiQuery.shape,
  from: moment,
  to: moment,
  term,
  format: z.enum(['csv', 'json']).default('csv'),
});
/** With `interval` each tile has its series. */
export const dashboardQuery = z.strictObject({
  from: moment,
  to: moment,
  interval: intervalShape.optional(),
  compare,
  ...filters,
});
export const guideQuery = z.strictObject({ from: moment, to: moment, ...filters });
export const changesQuery = z.strictObject({
  ...guideQuery.shape,
  cursor: idParameter.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export type KpiQuery = z.output<typeof kpiQuery>;

export const kpiEntryShape = z.object({
  id: z.string(),
  /** In English; in other languages by the message ids below. */
  name: z.string(),
  definition: z.string(),
  version: z.int(),
  unit: z.enum(['seconds', 'tickets', 'percent', 'weeks']),
  direction: z.enum(['up', 'down', 'neutral']),
  clock: z.enum(['calendar', 'business', 'by_channel']).nullable(),
  definitionId: z.string(),
  definitionVersion: z.int(),
  /** Message ids of the area `kpi`. */
  nameId: z.string(),
  meaningId: z.string(),
  numeratorId: z.string(),
  denominatorId: z.string().nullable(),
  includedId: z.string(),
  excludedId: z.string(),
  /** The event that puts a row into a period. */
  attribution: z.string(),
  groupBy: z.array(splitShape),
  /** Of `groupBy`, those whose groups may add up to more than the whole; why, in a message of the area `kpi`. */
  groupsOverlap: z.array(splitShape),
  overlapId: z.string().nullable(),
  calculator: z.boolean(),
  /** Whether the guide counts it in another way, which its address `guide` tells. */
  guide: z.boolean(),
});
export type KpiEntry = z.infer<typeof kpiEntryShape>;
export const kpiListShape = z.object({ items: z.array(kpiEntryShape) });
export const kpiDetailShape = kpiEntryShape.extend({
  calculator: z.object({
    input: z.record(z.string(), z.unknown()),
    output: z.record(z.string(), z.unknown()),
  }),
});

const periodShape = z.object({ from: instant, to: instant });
const pointShape = z.object({
  from: instant,
  to: instant,
  value: number,
  n: z.int(),
  numerator: z.number(),
  denominator: z.number(),
});
const groupShape = z.object({
  key: z.string().nullable(),
  value: number,
  n: z.int(),
  numerator: z.number(),
  denominator: z.number(),
  median: number,
  p90: number,
  /** Its part of all rows, 0-100. */
  share: number,
});

/** The explain contract, and beside it what each KPI says in addition (`waiting`, `identity`, …). */
export const figureShape = z.looseObject({
  id: z.string(),
  value: number,
  numerator: z.number(),
  denominator: z.number(),
  n: z.int(),
  mean: number,
  median: number,
  p90: number,
  unit: kpiEntryShape.shape.unit,
  clock: kpiEntryShape.shape.clock,
  definitionId: z.string(),
  definitionVersion: z.int(),
  period: periodShape,
  timeZone: z.string(),
  filters: z.record(z.string(), z.union([z.string(), z.number()])),
  /**
   * How many rows each reason keeps out; and, if any, under `unmeasured` how many tickets are in no figure at all, since
   * their history cannot be measured.
   */
  exclusions: z.record(z.string(), z.int()),
  asOf: instant,
  measuredTo,
  /** A closed period that says something else than it said at its end, and the events that changed it. */
  restated: z
    .object({
      was: number,
      now: number,
      /** The first hundred of `eventCount`; on the dashboard none are listed and the count is null. */
      events: z.array(id),
      eventCount: z.int().nullable(),
    })
    .nullable(),
  series: z.array(pointShape),
  comparison: z
    .object({
      period: periodShape,
      value: number,
      n: z.int(),
      delta: number,
      percent: number,
      display: z.string(),
      judgement: z.enum(['better', 'worse', 'same', 'new']).nullable(),
    })
    .nullable(),
  itemsUrl: z.string(),
  groups: z.array(groupShape).optional(),
});
export type FigureAnswer = z.infer<typeof figureShape>;

/** The guide's own arithmetic for a KPI: `numerator / denominator`, beside the headline and never instead of it. */
export const guideShape = z.object({
  id: z.string(),
  value: number,
  numerator: z.number(),
  denominator: z.number(),
  unit: kpiEntryShape.shape.unit,
  period: periodShape,
  timeZone: z.string(),
  filters: figureShape.shape.filters,
  asOf: instant,
});
export type GuideAnswer = z.infer<typeof guideShape>;

/** An event that changed a period after its end: `at` is what it dates, `recordedAt` when the desk heard of it. */
export const changeShape = z.object({
  eventId: id,
  type: z.string(),
  ticketId: id.nullable(),
  subject: z.string(),
  at: instant,
  recordedAt: instant,
  data: z.record(z.string(), z.unknown()),
});
export const changePage = z.object({
  items: z.array(changeShape),
  nextCursor: z.string().nullable(),
  count: z.int(),
});

export const itemShape = z.object({
  ticketId: id,
  subject: z.string(),
  value: z.number(),
  numeratorPart: z.number(),
  businessSeconds: number,
  calendarSeconds: number,
  at: instant,
  agentId: id.nullable(),
  channel: z.string().nullable(),
  teamId: id.nullable(),
  eventId: id,
});
export type FigureItemAnswer = z.infer<typeof itemShape>;
export const itemPage = z.object({
  items: z.array(itemShape),
  nextCursor: z.string().nullable(),
  count: z.int(),
  sum: z.number(),
});

export const unmeasuredQuery = z.strictObject({
  cursor: idParameter.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export const unmeasuredPage = z.object({
  items: z.array(z.object({ ticketId: id, subject: z.string(), since: instant })),
  nextCursor: z.string().nullable(),
  count: z.int(),
});

export const dashboardShape = z.object({
  asOf: instant,
  measuredTo,
  timeZone: z.string(),
  period: periodShape,
  tiles: z.record(z.string(), figureShape),
});
