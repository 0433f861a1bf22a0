import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { conflict } from '../../platform/http/errors.ts';

export interface Draft {
  ticketId: number;
  staffId: number;
  kind: 'reply' | 'note';
  body: Record<string, unknown>;
}

/**
 * A draft is its writer's alone and no part of the ticket's history: no event, no new version.
 * @param since the instant of the copy it goes on from, null from none; absent, it takes the place of whatever is there
 * @throws 409 `draft_elsewhere` with the draft that was kept meanwhile, from another device
 */
export async function keepDraft(cx: CommandContext, draft: Draft, since?: Date | null): Promise<void> {
  const kept = await cx.tx.write(sql`
    insert into drafts as known (ticket_id, staff_id, kind, body, updated_at)
    values (${draft.ticketId}, ${draft.staffId}, ${draft.kind}, ${JSON.stringify(draft.body)}::jsonb, ${cx.now})
    on conflict (ticket_id, staff_id, kind) do update set body = excluded.body, updated_at = excluded.updated_at
      where ${since === undefined} or date_trunc('milliseconds', known.updated_at) = ${since ?? null}::timestamptz`);
  if (kept === 0) await refuseDraft(cx, draft);
}

async function refuseDraft(cx: CommandContext, { ticketId, staffId, kind }: Draft): Promise<never> {
  const draft = await cx.tx.one<{ body: Draft['body']; updatedAt: Date }>(sql`
    select body, updated_at as "updatedAt" from drafts
    where ticket_id = ${ticketId} and staff_id = ${staffId} and kind = ${kind}`);
  const details = { draft: { kind, body: draft.body, updatedAt: draft.updatedAt.toISOString() } };
  throw conflict('This draft was changed on another device.', details, 'draft_elsewhere');
}

export async function dropDraft(cx: CommandContext, draft: Omit<Draft, 'body'>): Promise<void> {
  await cx.tx.write(sql`delete from drafts where ticket_id = ${draft.ticketId}
    and staff_id = ${draft.staffId} and kind = ${draft.kind}`);
}
