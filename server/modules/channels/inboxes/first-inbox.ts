import type { CommandContext, NowReaction } from '../../../platform/command.ts';
import { readSetting } from '../../../platform/settings.ts';
import { deskSettings } from '../../auth/index.ts';
import { newInboxBody } from '../contract.ts';
import { createInbox } from './change-inbox.ts';
import { findFirstInbox } from './inbox.ts';

/** A new desk starts with the inbox its set-up named. */
export const makeFirstInbox: NowReaction = async (cx) => {
  await ensureFirstInbox(cx);
};

export async function ensureFirstInbox(cx: CommandContext): Promise<void> {
  const wanted = await readSetting(cx.tx, deskSettings.firstInbox);
  if (!wanted || (await findFirstInbox(cx.tx))) return;
  const inbox = newInboxBody.safeParse({ name: wanted.name, addresses: [wanted.address] });
  if (inbox.success) await createInbox(cx, inbox.data);
}
