import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import type { ImportedLife, Person, TicketState } from './import-history-life.ts';
import type { HistoryLine } from './import-history-line.ts';
import { digestLine } from './import-history-read.ts';
import { versionBy } from './next-version.ts';

/** A line with what it comes to. */
export interface ImportedTicket {
  line: HistoryLine;
  ticketId: number;
  person: Person;
  life: ImportedLife;
  /** Its ticket was here already. */
  extends: boolean;
}

const storable = (text: string): string => text.replaceAll('\u0000', '');
const isoOrNull = (at: Date | null): string | null => at?.toISOString() ?? null;

export async function insertTickets(cx: CommandContext, imported: ImportedTicket[]): Promise<void> {
  if (imported.length === 0) return;
  const line = <T>(pick: (one: HistoryLine) => T) => imported.map((one) => pick(one.line));
  const state = <T>(pick: (one: TicketState) => T) => imported.map((one) => pick(one.life.state));
  await cx.tx.write(sql`
    insert into tickets (id, subject, status, type, priority, tier, team_id, assignee_id, requester_id,
      organization_id, channel, origin, schedule_id, language, tags, fields, merged_into, training, spam_at,
      deleted_at, message_count, last_message_at, preview, waiting_since, solved_at, closed_at, created_at, updated_at)
    select id, subject, status, type, priority, tier, team_id, assignee_id, requester_id, organization_id, channel,
      origin, schedule_id, language, array(select jsonb_array_elements_text(tags)), fields, merged_into, training,
      spam_at, deleted_at, message_count, last_message_at, preview, waiting_since, solved_at, closed_at, created_at,
      updated_at
    from unnest(${imported.map(({ ticketId }) => ticketId)}::bigint[], ${line((l) => storable(l.subject))}::text[],
      ${state((s) => s.status)}::text[], ${line((l) => l.type ?? null)}::text[], ${state((s) => s.priority)}::text[],
      ${state((s) => s.tier)}::smallint[], ${state((s) => s.teamId)}::bigint[], ${state((s) => s.assigneeId)}::bigint[],
      ${imported.map(({ person }) => person.requesterId)}::bigint[],
      ${imported.map(({ person }) => person.organizationId)}::bigint[], ${line((l) => l.channel)}::text[],
      ${line((l) => l.origin)}::text[], ${imported.map(({ person }) => person.scheduleId)}::bigint[],
      ${line((l) => l.language ?? null)}::text[], ${state((s) => JSON.stringify(s.tags))}::jsonb[],
      ${line((l) => JSON.stringify(l.topic == null ? {} : { topic: l.topic }))}::jsonb[],
      ${state((s) => s.mergedInto)}::bigint[], ${line((l) => l.training)}::boolean[],
      ${state((s) => isoOrNull(s.spamAt))}::timestamptz[], ${state((s) => isoOrNull(s.deletedAt))}::timestamptz[],
      ${state((s) => s.messageCount)}::int[], ${state((s) => isoOrNull(s.lastMessageAt))}::timestamptz[],
      ${state((s) => s.preview)}::text[], ${state((s) => isoOrNull(s.waitingSince))}::timestamptz[],
      ${state((s) => isoOrNull(s.solvedAt))}::timestamptz[], ${state((s) => isoOrNull(s.closedAt))}::timestamptz[],
      ${line((l) => new Date(l.createdAt).toISOString())}::timestamptz[],
      ${state((s) => s.updatedAt.toISOString())}::timestamptz[])
    as t (id, subject, status, type, priority, tier, team_id, assignee_id, requester_id, organization_id, channel,
      origin, schedule_id, language, tags, fields, merged_into, training, spam_at, deleted_at, message_count,
      last_message_at, preview, waiting_since, solved_at, closed_at, created_at, updated_at)`);
}

export async function updateTicket(
  cx: CommandContext,
  { ticketId, life: { state } }: ImportedTicket,
): Promise<void> {
  await cx.tx.write(sql`
    update tickets set status = ${state.status}, priority = ${state.priority}, tier = ${state.tier},
      team_id = ${state.teamId}, assignee_id = ${state.assigneeId}, tags = ${state.tags}::text[],
      merged_into = ${state.mergedInto}, spam_at = ${state.spamAt}, deleted_at = ${state.deletedAt},
      message_count = ${state.messageCount}, last_message_at = ${state.lastMessageAt}, preview = ${state.preview},
      waiting_since = ${state.waitingSince}, solved_at = ${state.solvedAt}, closed_at = ${state.closedAt},
      ${versionBy(sql`${cx.commandId}::bigint`, sql`${state.updatedAt}::timestamptz`)}
    where id = ${ticketId}`);
}

export async function writeMessages(cx: CommandContext, imported: ImportedTicket[]): Promise<void> {
  const said = imported.flatMap(({ ticketId, life }) =>
    life.messages.map((message) => ({ ...message, ticketId })),
  );
  if (said.length === 0) return;
  await cx.tx.write(sql`
    insert into messages (id, ticket_id, public, author_kind, author_id, channel, text, created_at, command_id)
    overriding system value
    select t.*, ${cx.commandId}::bigint from unnest(${said.map(({ id }) => id)}::bigint[],
      ${said.map(({ ticketId }) => ticketId)}::bigint[], ${said.map((one) => one.public)}::boolean[],
      ${said.map(({ author }) => author)}::text[], ${said.map(({ authorId }) => authorId)}::bigint[],
      ${said.map(({ channel }) => channel)}::text[], ${said.map(({ text }) => storable(text))}::text[],
      ${said.map(({ at }) => at.toISOString())}::timestamptz[]) as t`);
}

/** What was taken, and the ticket's last event: whatever comes after that one is the desk's own. */
export async function rememberLines(cx: CommandContext, imported: ImportedTicket[]): Promise<void> {
  const digests = imported.map(({ line }) => digestLine(line));
  await cx.tx.write(sql`
    insert into imported_tickets (source_id, ticket_id, about, events, event_count, seq, imported_at)
    select t.source_id, t.ticket_id, t.about, t.events, t.event_count, event_heads.seq, ${cx.now}::timestamptz
    from unnest(${imported.map(({ line }) => line.id)}::text[], ${imported.map(({ ticketId }) => ticketId)}::bigint[],
      ${digests.map(({ about }) => about)}::bytea[], ${digests.map(({ events }) => events)}::bytea[],
      ${imported.map(({ line }) => line.events.length)}::int[]) as t (source_id, ticket_id, about, events, event_count)
    join event_heads using (ticket_id)
    on conflict (source_id) do update set events = excluded.events, event_count = excluded.event_count,
      seq = excluded.seq, imported_at = excluded.imported_at`);
}
