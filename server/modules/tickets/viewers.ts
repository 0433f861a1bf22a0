import type { CommandContext } from '../../platform/command.ts';
import { type Queryable, sql } from '../../platform/db/database.ts';

/** A screen that shows a ticket, and who sits before it. */
export interface ViewerRow {
  stream: string;
  ticketId: number;
  staffId: number;
  writing: 'reply' | 'note' | null;
}

/** A process that dies takes nobody's name off the screens of others for so long. */
const leaseSeconds = 15;

const leaseEnd = sql`clock_timestamp() + make_interval(secs => ${leaseSeconds})`;

/** No part of the ticket's history: no event, no new version. A stream is its reader's alone. */
export async function keepViewer(cx: CommandContext, viewer: ViewerRow): Promise<void> {
  await cx.tx.write(sql`
    insert into ticket_viewers as known (stream, ticket_id, staff_id, writing, ends_at)
    values (${viewer.stream}, ${viewer.ticketId}, ${viewer.staffId}, ${viewer.writing}, ${leaseEnd})
    on conflict (stream) do update
      set ticket_id = excluded.ticket_id, writing = excluded.writing, ends_at = excluded.ends_at
      where known.staff_id = excluded.staff_id`);
}

/** Leaves one ticket; a screen that has gone on to another stays there. */
export async function dropViewer(cx: CommandContext, viewer: Omit<ViewerRow, 'writing'>): Promise<void> {
  await cx.tx.write(sql`delete from ticket_viewers where stream = ${viewer.stream}
    and ticket_id = ${viewer.ticketId} and staff_id = ${viewer.staffId}`);
}

export async function listViewers(db: Queryable): Promise<ViewerRow[]> {
  return db.all<ViewerRow>(sql`select stream, ticket_id as "ticketId", staff_id as "staffId", writing
    from ticket_viewers where ends_at > clock_timestamp() order by staff_id, stream`);
}

export async function extendViewers(db: Queryable, streams: string[]): Promise<void> {
  await db.write(sql`update ticket_viewers set ends_at = ${leaseEnd} where stream = any(${streams}::text[])`);
}

export const endViewer = (db: Queryable, stream: string): Promise<number> =>
  db.write(sql`delete from ticket_viewers where stream = ${stream}`);

/** Those whose process is gone; answers how many. */
export const sweepViewers = (db: Queryable): Promise<number> =>
  db.write(sql`delete from ticket_viewers where ends_at <= clock_timestamp()`);
