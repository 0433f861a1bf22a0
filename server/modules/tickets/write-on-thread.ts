import type { CommandContext } from '../../platform/command.ts';
import { type Joint, sql } from '../../platform/db/database.ts';
import { jsonRows } from '../../platform/db/json-rows.ts';
import type { Status } from './events.ts';
import { messageInsertion, messageRecord, messageRecordTypes, type NewMessage } from './insert-message.ts';
import { versionBy } from './next-version.ts';

/** What a message makes of its ticket. */
export interface AfterMessage {
  status: Status;
  assigneeId: number | null;
  solvedAt: Date | null;
  waitingSince: Date | null;
  lastMessageAt: Date | null;
  preview: string;
}

/** A message on a ticket that the command has locked, and the ticket as it is with it. */
export function writeOnThread(cx: CommandContext, message: NewMessage, after: AfterMessage): void {
  cx.put(threadWriting, {
    ...messageRecord(cx, message),
    ticket_id: message.ticketId,
    status: after.status,
    assignee_id: after.assigneeId,
    solved_at: after.solvedAt,
    waiting_since: after.waitingSince,
    last_message_at: after.lastMessageAt,
    preview: after.preview,
    counted: message.public ? 1 : 0,
    updated_at: cx.now,
  });
}

type Writing = { ticket_id: number } & Record<string, unknown>;

/** The ids stand there twice, so that a young desk's tickets, of which the planner knows nothing, are not all read. */
const threadWriting: Joint<Writing> = {
  key: ({ ticket_id }) => ticket_id,
  statement: (rows) => sql`
    with written as (
      select * from json_to_recordset(${jsonRows(rows)}) as row (${messageRecordTypes}, status text, assignee_id bigint,
        solved_at timestamptz, waiting_since timestamptz, last_message_at timestamptz, preview text, counted int,
        updated_at timestamptz)
    ), ticket as (
      update tickets set status = written.status, assignee_id = written.assignee_id, solved_at = written.solved_at,
        waiting_since = written.waiting_since, message_count = message_count + written.counted,
        last_message_at = written.last_message_at, preview = written.preview,
        ${versionBy(sql`written.command_id`, sql`written.updated_at`)}
      from written where tickets.id = written.ticket_id and tickets.id = any(${rows.map((row) => row.ticket_id)}::bigint[])
    ) ${messageInsertion(sql`written`)}`,
};
