import { type Sql, sql } from '../../platform/db/database.ts';

/** The next promise of a ticket, as lists sort by it and rows show it. */
export interface Deadline {
  /** Four fifths of the time used. */
  warnAt: Date | null;
  dueAt: Date | null;
  dueTarget: string | null;
  breached: boolean;
}

export const ticketDeadline = {
  /** A part of a larger statement. A clock's tick is nobody's change: no event, no new version. */
  writing: (ticketId: number, { warnAt, dueAt, dueTarget, breached }: Deadline): Sql => sql`
    insert into ticket_deadlines (ticket_id, warn_at, due_at, due_target, breached)
    values (${ticketId}, ${warnAt}, ${dueAt}, ${dueTarget}, ${breached})
    on conflict (ticket_id) do update set warn_at = excluded.warn_at, due_at = excluded.due_at,
      due_target = excluded.due_target, breached = excluded.breached`,
  /** As a column or in a condition, where only `tickets` is read. */
  dueAt: sql`(select due_at from ticket_deadlines where ticket_id = tickets.id)`,
};
