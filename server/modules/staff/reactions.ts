import type { NowReaction } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { isEvent } from '../../platform/events/event-map.ts';

const noteSignIn: NowReaction = async (cx, event) => {
  if (!isEvent(event, 'session.started') || event.data.staffId === null) return;
  await cx.tx.write(sql`update staff set last_sign_in_at = ${cx.now} where id = ${event.data.staffId}`);
};

export const reactions = { 'session.started': noteSignIn };
