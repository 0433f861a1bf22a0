import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';

export interface SetDeadline {
  ticketId: number;
  /** Four fifths of the time used. */
  warnAt: Date | null;
  dueAt: Date | null;
  dueTarget: string | null;
  breached: boolean;
}

/** Writes the next promise where lists can sort by it. A clock's tick is nobody's change: no event, no new version. */
export function setDeadline(cx: CommandContext, input: SetDeadline): void {
  cx.send(sql`
    update tickets set warn_at = ${input.warnAt}, due_at = ${input.dueAt}, due_target = ${input.dueTarget},
      breached = ${input.breached}
    where id = ${input.ticketId} and (warn_at is distinct from ${input.warnAt}
      or due_at is distinct from ${input.dueAt} or due_target is distinct from ${input.dueTarget}
      or breached <> ${input.breached})`);
}
