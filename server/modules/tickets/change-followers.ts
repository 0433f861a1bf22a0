import type { CommandContext } from '../../platform/command.ts';
import { type Sql, sql } from '../../platform/db/database.ts';
import { refusingUnknown } from './refused-reference.ts';

/** Adds whom a note names; who follows already stays. Event: ticket.followers_changed. */
export async function followTicket(
  cx: CommandContext,
  ticketId: number,
  staffIds: number[],
): Promise<boolean> {
  if (staffIds.length === 0) return false;
  return writeFollowers(cx, ticketId, { wanted: staffIds, leave: sql`false`, cause: 'mentioned' });
}

/** Replaces the followers. Event: ticket.followers_changed. */
export async function changeFollowers(
  cx: CommandContext,
  ticketId: number,
  staffIds: number[],
): Promise<boolean> {
  return writeFollowers(cx, ticketId, {
    wanted: staffIds,
    leave: sql`staff_id <> all(${staffIds}::bigint[])`,
  });
}

async function writeFollowers(
  cx: CommandContext,
  ticketId: number,
  { wanted, leave, cause }: { wanted: number[]; leave: Sql; cause?: 'mentioned' },
): Promise<boolean> {
  const changed = await refusingUnknown(
    cx.tx.one<{ added: number[]; removed: number[] }>(sql`
      with gone as (
        delete from ticket_followers where ticket_id = ${ticketId} and ${leave} returning staff_id
      ), came as (
        insert into ticket_followers (ticket_id, staff_id, since)
        select distinct ${ticketId}::bigint, id, ${cx.now}::timestamptz from unnest(${wanted}::bigint[]) as wanted (id)
        on conflict do nothing returning staff_id
      )
      select (select coalesce(jsonb_agg(staff_id), '[]') from came) as added,
        (select coalesce(jsonb_agg(staff_id), '[]') from gone) as removed`),
  );
  if (changed.added.length + changed.removed.length === 0) return false;
  cx.record('ticket.followers_changed', ticketId, { ...changed, ...(cause ? { cause } : {}) });
  return true;
}
