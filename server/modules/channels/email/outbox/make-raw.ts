import type { Desk } from '../../../../platform/desk.ts';
import type { Said } from './answers.ts';
import { composeMail, MessageGone } from './compose-mail.ts';
import type { Started } from './start-sending.ts';

/** The mail's bytes: those of the first try, or new ones; or why it cannot be made, say because a file is missing. */
export async function makeRaw(desk: Desk, row: Started): Promise<Buffer | Said> {
  try {
    return row.raw ?? (await composeMail(desk, row));
  } catch (error) {
    const said = (error as Error).message;
    if (error instanceof MessageGone) return { outcome: 'refused', code: error.code, said };
    return { outcome: 'deferred', code: null, said };
  }
}
