import { sql } from '../../platform/db/database.ts';
import type { Desk } from '../../platform/desk.ts';

export interface DraftPlace {
  ticketId: number;
  staffId: number;
  kind: 'reply' | 'note';
}

/** A draft is its writer's alone and no part of the ticket's history: no event, no new version. */
export async function keepDraft(desk: Desk, place: DraftPlace, body: Record<string, unknown>): Promise<void> {
  await desk.run({ kind: 'agent', id: place.staffId }, (cx) =>
    cx.tx.write(sql`
      insert into drafts (ticket_id, staff_id, kind, body, updated_at)
      values (${place.ticketId}, ${place.staffId}, ${place.kind}, ${JSON.stringify(body)}::jsonb, ${cx.now})
      on conflict (ticket_id, staff_id, kind) do update set body = excluded.body, updated_at = excluded.updated_at`),
  );
}

export async function dropDraft(desk: Desk, place: DraftPlace): Promise<void> {
  await desk.db.write(sql`delete from drafts where ticket_id = ${place.ticketId}
    and staff_id = ${place.staffId} and kind = ${place.kind}`);
}
