import type { CommandContext } from '../../../platform/command.ts';
import { sql } from '../../../platform/db/database.ts';
import type { RecordedEvent } from '../../../platform/events/event-map.ts';
import { conflict } from '../../../platform/http/errors.ts';

/** Hours that inboxes go by stay. @throws 409 `schedule_in_use` with the inboxes' names, which undoes the deletion. */
export async function refuseUsedSchedule(
  cx: CommandContext,
  { data }: RecordedEvent<'schedule.deleted'>,
): Promise<void> {
  const rows = await cx.tx.all<{ name: string }>(
    sql`select name from inboxes where schedule_id = ${data.scheduleId} order by name, id`,
  );
  if (rows.length === 0) return;
  const inboxes = rows.map(({ name }) => name);
  const message = `These hours are used by: ${inboxes.join(', ')}. Give them other hours first.`;
  throw conflict(message, { inboxes }, 'schedule_in_use');
}
