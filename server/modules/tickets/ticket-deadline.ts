import { type Sql, sql } from '../../platform/db/database.ts';

/** The next promise of a ticket, as lists sort by it and rows show it. */
export interface Deadline {
  /** Four fifths of the time used. */
  warnAt: Date | null;
  dueAt: Date | null;
  dueTarget: string | null;
  breached: boolean;
}

/** The keys of a deadline in a row of JSON; without one, the ticket keeps the one it has. */
const recordOf = (deadline: Deadline | null) => ({
  moved: deadline !== null,
  next_warn_at: deadline?.warnAt ?? null,
  next_due_at: deadline?.dueAt ?? null,
  next_due_target: deadline?.dueTarget ?? null,
  next_breached: deadline?.breached ?? false,
});

export const ticketDeadline = {
  recordOf,
  /** The types of those keys, for `json_to_recordset`. */
  recordTypes: sql`moved boolean, next_warn_at timestamptz, next_due_at timestamptz, next_due_target text,
    next_breached boolean`,
  /**
   * A part of a larger statement; the rows have a `ticket_id` beside those keys. A clock's tick is nobody's change: no
   * event, no new version.
   */
  writing: (rows: Sql): Sql => sql`
    insert into ticket_deadlines (ticket_id, warn_at, due_at, due_target, breached)
    select ticket_id, next_warn_at, next_due_at, next_due_target, next_breached from ${rows} where moved
    on conflict (ticket_id) do update set warn_at = excluded.warn_at, due_at = excluded.due_at,
      due_target = excluded.due_target, breached = excluded.breached`,
  /** As a column or in a condition, where only `tickets` is read. */
  dueAt: sql`(select due_at from ticket_deadlines where ticket_id = tickets.id)`,
};
