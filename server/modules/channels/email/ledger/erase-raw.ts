import type { NowReaction } from '../../../../platform/command.ts';
import { sql } from '../../../../platform/db/database.ts';
import { isEvent } from '../../../../platform/events/event-map.ts';

/** Words taken out of a message for ever are not kept in the mail that brought or carried them. */
export const eraseRaw: NowReaction = async (cx, event) => {
  if (!isEvent(event, 'message.redacted')) return;
  const { messageId } = event.data;
  const rows = await cx.tx.all<{ file: Buffer | null }>(sql`
    with gone as (select id, file from mails where message_id = ${messageId})
    update mails set raw = null, file = null, erased = true, subject = null from gone where mails.id = gone.id
    returning gone.file`);
  await cx.tx.write(sql`update outgoing_mails set raw = null,
      state = case when state not in ('waiting', 'retrying', 'uncertain', 'held') then state
        when answers @> '[{"outcome": "accepted"}]' then 'partly_failed' else 'withdrawn' end
    where message_id = ${messageId}`);
  for (const { file } of rows) {
    if (file) cx.enqueue({ kind: 'mail.drop_file', payload: { sha256: file.toString('hex') } });
  }
};
