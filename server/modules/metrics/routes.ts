import { ZodError, z } from 'zod';
import { invalid, notFound } from '../../platform/http/errors.ts';
import { fieldErrors } from '../../platform/http/field-errors.ts';
import { route } from '../../platform/http/route.ts';
import { staffOf } from '../auth/index.ts';
import { findCalculator, findKpi, KPI_DEFINITIONS } from './catalogue.ts';
import * as shapes from './contract.ts';
import type { KpiDefinition } from './kpis/definition.ts';
import { itemsAsCsv } from './reading/export-items.ts';
import { readRequest, refuseSplit } from './reading/figure-request.ts';
import { readMeasured } from './reading/measured-to.ts';
import {
  iso,
  presentDefinition,
  presentEntry,
  presentFigure,
  presentWindow,
} from './reading/present-figure.ts';
import { readChanges } from './reading/read-changes.ts';
import { readFigure } from './reading/read-figure.ts';
import { readGuide } from './reading/read-guide.ts';
import { listSubjects, presentItem, readItems } from './reading/read-items.ts';
import { readItemsOf } from './reading/read-items-of.ts';
import { readTiles, type TileReading } from './reading/read-tile.ts';
import { inSnapshot } from './reading/snapshot.ts';
import { readUnmeasured } from './reading/unmeasured.ts';

const base = '/api/desk/v1/kpis';

/** The tiles of the first screen, in their order. */
const tiles = [
  'ticket_volume',
  'tickets_solved',
  'solved_to_created',
  'backlog',
  'first_response_time',
  'resolution_time',
  'claim_time',
  'sla',
  'reopen_rate',
];

export const routes = [
  route({
    method: 'GET',
    path: base,
    policy: 'kpi.list',
    summary: 'The catalogue of KPIs',
    response: shapes.kpiListShape,
    handle: async () => ({ items: KPI_DEFINITIONS.map(presentEntry) }),
  }),
  route({
    method: 'GET',
    path: `${base}/:id`,
    policy: 'kpi.read',
    summary: 'What a KPI is; with from and to, its figure with everything behind it',
    params: shapes.kpiParams,
    query: shapes.kpiQuery,
    response: z.union([shapes.figureShape, shapes.kpiDetailShape]),
    handle: async ({ desk, principal, params, query }) => {
      const definition = getKpi(params.id);
      const { from, to } = query;
      if (from === undefined && to === undefined) return presentDefinition(definition);
      if (from === undefined || to === undefined)
        throw invalid({ [from === undefined ? 'from' : 'to']: 'is missing' });
      const request = await readRequest(desk, staffOf(principal), { ...query, from, to });
      refuseSplit(definition, request, query.group_by);
      const wanted = { interval: query.interval, groupBy: query.group_by, compare: query.compare };
      const [reading, measured] = await inSnapshot(desk.db, (db) =>
        Promise.all([readFigure(db, definition, request, wanted), readMeasured(db, request.principal)]),
      );
      return presentFigure(definition, request, query, reading, measured);
    },
  }),
  route({
    method: 'GET',
    path: `${base}/:id/items`,
    policy: 'kpi.read',
    summary: 'The rows behind a figure: their count is its n, their parts sum to its numerator',
    params: shapes.kpiParams,
    query: shapes.itemsQuery,
    response: shapes.itemPage,
    handle: async ({ desk, principal, params, query }) => {
      const definition = getKpi(params.id);
      const request = await readRequest(desk, staffOf(principal), query);
      refuseSplit(definition, request, undefined);
      return inSnapshot(desk.db, async (db) => {
        const items = await readItemsOf(db, definition, request, query.term);
        return readItems(db, definition, items, query);
      });
    },
  }),
  route({
    method: 'GET',
    path: `${base}/:id/guide`,
    policy: 'kpi.read',
    summary: 'How the guide counts the same thing, for the explanation of a figure',
    params: shapes.kpiParams,
    query: shapes.guideQuery,
    response: shapes.guideShape,
    handle: async ({ desk, principal, params, query }) => {
      const definition = getKpi(params.id);
      const { guide } = definition;
      if (!guide) throw notFound('A variant of this KPI by the guide');
      const request = await readRequest(desk, staffOf(principal), { ...query, compare: 'none' });
      refuseSplit(definition, request, undefined);
      return inSnapshot(desk.db, (db) => readGuide(db, definition, guide, request));
    },
  }),
  route({
    method: 'GET',
    path: `${base}/:id/changes`,
    policy: 'kpi.read',
    summary: 'What made the figure of a closed period say something else than at its end',
    params: shapes.kpiParams,
    query: shapes.changesQuery,
    response: shapes.changePage,
    handle: async ({ desk, principal, params, query }) => {
      const definition = getKpi(params.id);
      const request = await readRequest(desk, staffOf(principal), { ...query, compare: 'none' });
      refuseSplit(definition, request, undefined);
      return inSnapshot(desk.db, async (db) => {
        const { restated } = await readFigure(db, definition, request);
        return readChanges(db, restated, query);
      });
    },
  }),
  route({
    method: 'GET',
    path: `${base}/:id/export`,
    policy: 'kpi.read',
    summary: 'Every row behind a figure, as CSV or JSON',
    params: shapes.kpiParams,
    query: shapes.exportQuery,
    raw: ['text/csv', 'application/json'],
    handle: async ({ desk, principal, params, query, reply }) => {
      const definition = getKpi(params.id);
      const request = await readRequest(desk, staffOf(principal), query);
      refuseSplit(definition, request, query.group_by);
      const items = await inSnapshot(desk.db, async (db) => {
        const asked = await readItemsOf(db, definition, request, query.term);
        const subjects = await listSubjects(db, asked);
        return asked.map((item) => presentItem(definition, item, subjects));
      });
      const name = `${definition.id}.${query.format}`;
      reply.header('content-disposition', `attachment; filename="${name}"`);
      if (query.format === 'json')
        return reply.type('application/json; charset=utf-8').send(JSON.stringify({ items }));
      return reply.type('text/csv; charset=utf-8').send(itemsAsCsv(items));
    },
  }),
  route({
    method: 'POST',
    path: `${base}/:id/calculate`,
    policy: 'kpi.calculate',
    summary: 'The same definition over figures or tickets of your own',
    params: shapes.kpiParams,
    body: z.record(z.string(), z.unknown()),
    response: z.record(z.string(), z.unknown()),
    status: 200,
    handle: async ({ params, body }) => calculate(params.id, body),
  }),
  route({
    method: 'GET',
    path: '/api/desk/v1/unmeasured',
    policy: 'kpi.read',
    summary: 'Tickets that are in no figure, since their history cannot be measured',
    query: shapes.unmeasuredQuery,
    response: shapes.unmeasuredPage,
    handle: ({ desk, principal, query }) =>
      inSnapshot(desk.db, (db) => readUnmeasured(db, staffOf(principal), query)),
  }),
  route({
    method: 'GET',
    path: '/api/desk/v1/dashboard',
    policy: 'kpi.read',
    summary: 'The first tiles in one call and of one moment',
    query: shapes.dashboardQuery,
    response: shapes.dashboardShape,
    handle: async ({ desk, principal, query }) => {
      const request = await readRequest(desk, staffOf(principal), query);
      const shown = tiles
        .map(getKpi)
        .filter(({ splits }) => query.agent === undefined || splits.includes('agent'));
      const [readings, measured] = await inSnapshot(desk.db, (db) =>
        Promise.all([readTiles(db, shown, request, query), readMeasured(db, request.principal)]),
      );
      const figures = shown.map((definition, index) => {
        const reading = readings[index] as TileReading;
        return [definition.id, presentFigure(definition, request, query, reading, measured)] as const;
      });
      return {
        asOf: iso(request.asOf),
        measuredTo: measured.measuredTo,
        timeZone: request.timeZone,
        period: presentWindow(request.window),
        tiles: Object.fromEntries(figures),
      };
    },
  }),
];

function getKpi(id: string): KpiDefinition {
  const definition = findKpi(id);
  if (!definition) throw notFound('This KPI');
  return definition;
}

function calculate(id: string, input: unknown): Record<string, unknown> {
  const calculator = findCalculator(id);
  if (!calculator) throw notFound('This calculator');
  try {
    return calculator.calculate(input);
  } catch (error) {
    if (error instanceof ZodError) throw invalid(fieldErrors(error));
    if (error instanceof RangeError) throw invalid({ body: error.message });
    throw error;
  }
}
