import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';

export interface Draft {
  ticketId: number;
  staffId: number;
  kind: 'reply' | 'note';
  body: Record<string, unknown>;
}

/** A draft is its writer's alone and no part of the ticket's history: no event, no new version. */
export async function keepDraft(cx: CommandContext, draft: Draft): Promise<void> {
  await cx.tx.write(sql`
    insert into drafts (ticket_id, staff_id, kind, body, updated_at)
    values (${draft.ticketId}, ${draft.staffId}, ${draft.kind}, ${JSON.stringify(draft.body)}::jsonb, ${cx.now})
    on conflict (ticket_id, staff_id, kind) do update set body = excluded.body, updated_at = excluded.updated_at`);
}

export async function dropDraft(cx: CommandContext, draft: Omit<Draft, 'body'>): Promise<void> {
  await cx.tx.write(sql`delete from drafts where ticket_id = ${draft.ticketId}
    and staff_id = ${draft.staffId} and kind = ${draft.kind}`);
}
