import { type Queryable, sql } from '../../../platform/db/database.ts';
import type { Desk } from '../../../platform/desk.ts';
import { forbidden, HttpError } from '../../../platform/http/errors.ts';
import type { StaffPrincipal } from '../../../platform/http/principal.ts';
import { readSetting } from '../../../platform/settings.ts';
import { deskSettings } from '../../auth/index.ts';
import { wholeSecond } from '../arithmetic/instant.ts';
import type { Period, Weekday, Window } from '../arithmetic/period.ts';
import { windowOf } from '../arithmetic/period.ts';
import type { KpiQuery } from '../contract.ts';
import type { KpiDefinition } from '../kpis/definition.ts';

export type Filters = Pick<KpiQuery, 'channel' | 'team' | 'agent' | 'tag' | 'tier' | 'priority' | 'language'>;

/** When and for whom figures are asked: everything about a question but the KPI itself. */
export interface FigureRequest {
  window: Window;
  /** Null when the period was given as instants. */
  period: Period | null;
  timeZone: string;
  weekStart: Weekday;
  asOf: number;
  filters: Filters;
  /** Agents whose single figures this person may see; null for all. */
  agents: number[] | null;
  principal: StaffPrincipal;
}

export async function readRequest(
  desk: Desk,
  principal: StaffPrincipal,
  query: KpiQuery & { from: string; to: string },
): Promise<FigureRequest> {
  const timeZone = await readSetting(desk.db, deskSettings.timeZone);
  const weekStart = (await readSetting(desk.db, deskSettings.weekStart)).slice(0, 3) as Weekday;
  const { channel, team, agent, tag, tier, priority, language } = query;
  const agents = await listAgentsInSight(desk.db, principal);
  if (agent !== undefined && agents !== null && !agents.includes(agent)) {
    throw forbidden('You may see your own figures, and as a lead those of your teams.');
  }
  return {
    ...readPeriod(query, timeZone),
    timeZone,
    weekStart,
    asOf: wholeSecond((desk.clock.fixed() ?? new Date()).getTime()),
    filters: { channel, team, agent, tag, tier, priority, language },
    agents,
    principal,
  };
}

/** A KPI whose rows have no such dimension cannot be asked by it. */
export function refuseSplit(
  definition: KpiDefinition,
  request: FigureRequest,
  groupBy: string | undefined,
): void {
  const asked = [groupBy, request.filters.agent === undefined ? undefined : 'agent'];
  const wrong = asked.find(
    (split) => split !== undefined && !definition.splits.some((known) => known === split),
  );
  if (wrong === undefined) return;
  const message = `${definition.id} cannot be split by ${wrong}; it can by ${definition.splits.join(', ')}.`;
  throw new HttpError(400, 'bad_request', message, { fields: { group_by: message } });
}

function readPeriod({ from, to }: { from: string; to: string }, tz: string) {
  const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text);
  const period = isDay(from) && isDay(to) ? { from, to, tz } : null;
  const instantOf = (text: string) =>
    isDay(text) ? windowOf({ from: text, to: text, tz }).from : wholeSecond(Date.parse(text));
  const window = { from: instantOf(from), to: instantOf(to) };
  if (window.to <= window.from) {
    throw new HttpError(
      400,
      'bad_request',
      'A period ends after it begins: `to` is the first day that is out.',
      {
        fields: { to: 'must be after from' },
      },
    );
  }
  return { window, period };
}

async function listAgentsInSight(db: Queryable, principal: StaffPrincipal): Promise<number[] | null> {
  if (principal.role === 'manager' || principal.role === 'admin') return null;
  if (principal.role === 'agent') return [principal.id];
  const rows = await db.all<{ staff_id: number }>(
    sql`select distinct staff_id from measured_members where team_id = any(${principal.teamIds}::bigint[])`,
  );
  return [...new Set([principal.id, ...rows.map((row) => row.staff_id)])];
}
