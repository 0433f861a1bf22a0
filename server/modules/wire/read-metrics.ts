import type { Queryable } from '../../platform/db/database.ts';
import { listEventsOfTickets } from '../../platform/events/read-events.ts';
import { businessSecondsOver, getScheduleHistory, type ScheduleHistory } from '../schedules/index.ts';
import type { TicketRow } from '../tickets/index.ts';
import { wireTime } from './instant.ts';
import { measureTicket, type Span, type TicketMeasure } from './measure-ticket.ts';

interface Minutes {
  calendar: number | null;
  business: number | null;
}

/** One metric a ticket, with the ticket's id as its own. Business minutes are inside the ticket's schedule now. */
export async function listMetrics(db: Queryable, base: string, rows: TicketRow[]) {
  const events = await listEventsOfTickets(
    db,
    rows.map((row) => row.id),
  );
  const histories = new Map<number, ScheduleHistory>();
  for (const id of new Set(rows.flatMap((row) => row.scheduleId ?? []))) {
    histories.set(id, await getScheduleHistory(db, id));
  }
  return rows.map((row) =>
    presentMetric(
      base,
      row,
      measureTicket(events.get(row.id) ?? []),
      histories.get(row.scheduleId ?? 0) ?? null,
    ),
  );
}

function presentMetric(base: string, row: TicketRow, measure: TicketMeasure, hours: ScheduleHistory | null) {
  const one = (span: Span | null) => minutes(span ? [span] : null, hours);
  return {
    url: `${base}/api/v2/ticket_metrics/${row.id}.json`,
    id: row.id,
    ticket_id: row.id,
    created_at: wireTime(row.createdAt),
    updated_at: wireTime(row.updatedAt),
    group_stations: measure.groupStations,
    assignee_stations: measure.assigneeStations,
    reopens: measure.reopens,
    replies: measure.replies,
    assignee_updated_at: wireTime(measure.assigneeUpdatedAt),
    requester_updated_at: wireTime(measure.requesterUpdatedAt),
    status_updated_at: wireTime(measure.statusUpdatedAt),
    custom_status_updated_at: wireTime(measure.statusUpdatedAt),
    initially_assigned_at: wireTime(measure.initiallyAssignedAt),
    assigned_at: wireTime(measure.assignedAt),
    solved_at: wireTime(measure.solvedAt),
    latest_comment_added_at: wireTime(measure.latestCommentAt),
    reply_time_in_minutes: one(measure.firstReply),
    first_resolution_time_in_minutes: one(measure.firstResolution),
    full_resolution_time_in_minutes: one(measure.fullResolution),
    agent_wait_time_in_minutes: minutes(measure.agentWait, hours),
    requester_wait_time_in_minutes: minutes(measure.requesterWait, hours),
    on_hold_time_in_minutes: minutes(measure.onHold, hours),
    reply_time_in_seconds: { calendar: null },
  };
}

/** Whole minutes; without a schedule every minute is a business minute. Null before the first span has closed. */
function minutes(spans: Span[] | null, hours: ScheduleHistory | null): Minutes {
  if (spans === null || spans.length === 0) return { calendar: null, business: null };
  const calendar = sum(spans.map(([from, to]) => (to.getTime() - from.getTime()) / 1000));
  const business = hours ? sum(spans.map(([from, to]) => businessSecondsOver(hours, from, to))) : calendar;
  return { calendar: Math.floor(calendar / 60), business: Math.floor(business / 60) };
}

const sum = (numbers: number[]): number => numbers.reduce((total, one) => total + one, 0);
