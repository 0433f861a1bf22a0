import type { CommandContext } from '../../platform/command.ts';
import { HttpError, invalid } from '../../platform/http/errors.ts';
import type { TicketRow } from '../tickets/index.ts';
import { type Audit, listAudits } from './read-audits.ts';
import type { ChangedTicketBody } from './ticket-body.ts';

const seconds = (at: Date): number => Math.floor(at.getTime() / 1000);

/**
 * `safe_update`: 409 when somebody changed the ticket after the stamp, with what became of each property. Whole
 * seconds, as the wire shows them.
 */
export async function refuseUnsafe(
  cx: CommandContext,
  body: ChangedTicketBody,
  ticket: TicketRow,
): Promise<void> {
  if (!body.safe_update) return;
  if (!body.updated_stamp) throw invalid({ updated_stamp: 'safe_update needs it' });
  const stamp = seconds(new Date(body.updated_stamp));
  if (seconds(ticket.updatedAt) <= stamp) return;
  const since = (await listAudits(cx.tx, '', ticket)).filter(
    (audit) => seconds(new Date(audit.created_at)) > stamp,
  );
  throw new HttpError(
    409,
    'conflict',
    'Safe update prevented the update: the ticket was changed after updated_stamp.',
    { fields: Object.fromEntries(since.flatMap(wordsOf)) },
  );
}

function wordsOf(audit: Audit): [field: string, words: string][] {
  const by = `by user ${audit.author_id} at ${audit.created_at}`;
  return audit.events.flatMap((entry): [string, string][] => {
    if (entry.type === 'Comment') return [['comment', `added ${by}`]];
    if (entry.type !== 'Change') return [];
    return [[String(entry.field_name), `${show(entry.previous_value)} → ${show(entry.value)} ${by}`]];
  });
}

const show = (value: unknown): string => (value === null || value === '' ? 'none' : String(value));
