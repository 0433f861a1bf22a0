import { mailCare } from '../modules/channels/index.ts';
import type { Desk } from '../platform/desk.ts';
import { system } from '../platform/events/event-map.ts';
import { HttpError } from '../platform/http/errors.ts';

/** Mails are read by the desk's workers: by a running one at once, else when it starts. */
export async function reprocess(desk: Desk, words: string[]): Promise<boolean> {
  const ids = words[0] === 'quarantined' ? await mailCare.listQuarantined(desk.db) : words.map(Number);
  const strange = ids.find((id) => !Number.isSafeInteger(id) || id < 1);
  if (strange !== undefined) {
    process.stderr.write('A mail is named by its number in the ledger.\n');
    return false;
  }
  let refused = 0;
  for (const mailId of ids) {
    try {
      await desk.run(system, (cx) => mailCare.reprocessMail(cx, { mailId }));
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      refused++;
      process.stdout.write(`${mailId}: ${error.message}\n`);
    }
  }
  process.stdout.write(`${ids.length - refused} mails are to be read again.\n`);
  return refused === 0;
}
