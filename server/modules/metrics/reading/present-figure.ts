import { z } from 'zod';
import { format } from '../../../../i18n/catalogue.ts';
import { type ComparisonKind, compareFigures } from '../arithmetic/comparison.ts';
import { type Fraction, fraction } from '../arithmetic/fraction.ts';
import type { Window } from '../arithmetic/period.ts';
import { percentOf } from '../arithmetic/ratio.ts';
import type { FigureAnswer, KpiEntry, KpiQuery } from '../contract.ts';
import type { Figure } from '../figure.ts';
import type { KpiDefinition } from '../kpis/definition.ts';
import type { FigureRequest } from './figure-request.ts';
import type { Measured } from './measured-to.ts';
import type { FigureReading } from './read-figure.ts';
import type { TileReading } from './read-tile.ts';

export function presentEntry(definition: KpiDefinition): KpiEntry {
  return {
    id: definition.id,
    name: format('en', definition.nameKey),
    definition: format('en', definition.definitionKey),
    version: definition.version,
    unit: definition.unit,
    direction: definition.direction,
    clock: clockOf(definition),
    definitionId: definition.id,
    definitionVersion: definition.version,
    nameId: definition.nameKey,
    meaningId: definition.definitionKey,
    numeratorId: definition.numeratorKey,
    denominatorId: definition.denominatorKey,
    includedId: definition.includedKey,
    excludedId: definition.excludedKey,
    attribution: definition.attribution,
    groupBy: [...definition.splits],
    groupsOverlap: [...(definition.groupsOverlap ?? [])],
    overlapId: definition.groupsOverlap ? `kpi.${definition.id}.overlap` : null,
    calculator: true,
    guide: definition.guide !== undefined,
  };
}

/** What the KPI is, and the shapes its calculator takes and gives. */
export function presentDefinition(definition: KpiDefinition) {
  const { input, output } = definition.calculator;
  return {
    ...presentEntry(definition),
    calculator: {
      input: z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>,
      output: z.toJSONSchema(output, { io: 'output', unrepresentable: 'any' }) as Record<string, unknown>,
    },
  };
}

const mostEvents = 100;

export function presentFigure(
  definition: KpiDefinition,
  request: FigureRequest,
  query: KpiQuery,
  reading: FigureReading | TileReading,
  { measuredTo, unmeasured }: Measured,
): FigureAnswer {
  const { figure, restated } = reading;
  const { value, numerator, denominator, n, mean, median, p90, exclusions } = figure;
  return {
    ...presentDetails(definition, request, figure.details),
    id: definition.id,
    ...{ value, numerator, denominator, n, mean, median, p90 },
    unit: definition.unit,
    clock: clockOf(definition),
    definitionId: definition.id,
    definitionVersion: definition.version,
    period: presentWindow(request.window),
    timeZone: request.timeZone,
    filters: presentFilters(request),
    exclusions: unmeasured > 0 ? { ...exclusions, unmeasured } : exclusions,
    asOf: iso(request.asOf),
    measuredTo,
    restated: restated && {
      ...restated,
      events: restated.events?.slice(0, mostEvents) ?? [],
      eventCount: restated.events?.length ?? null,
    },
    series: reading.series.map(({ window, figure: point }) => ({
      ...presentWindow(window),
      value: point.value,
      n: point.n,
      numerator: point.numerator,
      denominator: point.denominator,
    })),
    comparison: presentComparison(definition, reading),
    itemsUrl: itemsUrl(definition, query),
    ...(reading.groups
      ? { groups: reading.groups.map(({ key, figure: one }) => presentGroup(key, one, n)) }
      : {}),
  };
}

/** What waits is one object; the backlog's identity is of no use under an agent, since no flow has one. */
function presentDetails(
  definition: KpiDefinition,
  request: FigureRequest,
  details: Readonly<Record<string, unknown>>,
) {
  const { waiting, oldestWaitSeconds, identity, at, ...others } = details;
  return {
    ...others,
    ...(waiting === undefined
      ? {}
      : { waiting: { count: waiting, oldestSeconds: oldestWaitSeconds ?? null } }),
    ...(typeof at === 'number' ? { at: iso(at) } : {}),
    ...(definition.id === 'backlog'
      ? { identity: request.filters.agent === undefined ? identity : null }
      : {}),
  };
}

function presentGroup(key: string | null, figure: Figure, total: number) {
  const { value, n, numerator, denominator, median, p90 } = figure;
  return { key, value, n, numerator, denominator, median, p90, share: percentOf({ num: n, den: total }) };
}

function presentComparison(
  definition: KpiDefinition,
  { figure, previous }: FigureReading | TileReading,
): FigureAnswer['comparison'] {
  if (previous === null) return null;
  const { delta, percent, display, judgement } = compareFigures(
    exactValue(definition, figure),
    exactValue(definition, previous.figure),
    kindOf(definition),
    definition.direction,
  );
  return {
    period: presentWindow(previous.window),
    value: previous.figure.value,
    n: previous.figure.n,
    delta,
    percent,
    display,
    judgement: display === 'new' ? 'new' : judgement,
  };
}

function exactValue(
  { unit }: KpiDefinition,
  { numerator, denominator }: Pick<Figure, 'numerator' | 'denominator'>,
): Fraction | null {
  if (unit === 'tickets') return fraction(numerator);
  if (denominator === 0) return null;
  return fraction(unit === 'percent' ? BigInt(numerator) * 100n : numerator, denominator);
}

function kindOf({ unit }: KpiDefinition): ComparisonKind {
  if (unit === 'tickets') return 'count';
  return unit === 'percent' ? 'percent' : 'duration';
}

function clockOf({ clock }: KpiDefinition): KpiEntry['clock'] {
  if (clock === 'none') return null;
  return clock === 'channel' ? 'by_channel' : clock;
}

export function presentFilters({ filters }: FigureRequest): Record<string, string | number> {
  const given = Object.entries(filters).filter(
    (entry): entry is [string, string | number] => entry[1] !== undefined,
  );
  return Object.fromEntries(given);
}

function itemsUrl({ id }: KpiDefinition, query: KpiQuery): string {
  const { interval: _interval, group_by: _group, compare: _compare, ...asked } = query;
  const parameters = Object.entries(asked).filter(([, value]) => value !== undefined);
  return `/api/desk/v1/kpis/${id}/items?${new URLSearchParams(parameters.map(([key, value]) => [key, String(value)]))}`;
}

export function presentWindow({ from, to }: Window) {
  return { from: iso(from), to: iso(to) };
}

export function iso(ms: number): string {
  return new Date(ms).toISOString();
}
