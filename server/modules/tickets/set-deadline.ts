import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';

export interface SetDeadline {
  ticketId: number;
  dueAt: Date | null;
  dueTarget: string | null;
  breached: boolean;
}

/** Writes the next promise where lists can sort by it. A clock's tick is nobody's change: no event, no new version. */
export async function setDeadline(cx: CommandContext, input: SetDeadline): Promise<void> {
  await cx.tx.write(sql`
    update tickets set due_at = ${input.dueAt}, due_target = ${input.dueTarget}, breached = ${input.breached}
    where id = ${input.ticketId} and (due_at is distinct from ${input.dueAt}
      or due_target is distinct from ${input.dueTarget} or breached <> ${input.breached})`);
}
