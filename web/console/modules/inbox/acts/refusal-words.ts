import type { Ticket, TimelineEntry } from '../../../../../server/modules/tickets/contract.ts';
import { ApiError } from '../../../../api/api-error.ts';
import { queryClient } from '../../../../api/client.ts';
import { wordsOf } from '../../../../api/error-words.ts';
import type { Translate } from '../../../../ui/formats.ts';
import { eventWords } from '../conversation/event-words.ts';
import { cachedTicket } from '../ticket-cache.ts';
import type { Refusal } from './steps.ts';

/** Why one ticket stayed as it was: whose change came first, or what the desk said. */
export function refusalWords({ id, error, theirs }: Refusal, t: Translate): string {
  const owner = error instanceof ApiError ? (error.details.ticket as Ticket | undefined) : undefined;
  if (error instanceof ApiError && error.code === 'ticket_taken' && owner?.assigneeName)
    return t('ticket.taken', { name: owner.assigneeName, id });
  if (!theirs) return t('ticket.not_changed', { id, why: wordsOf(error, t) });
  const what = eventWords(theirs, namesFor(theirs, id), t);
  return t('ticket.changed_meanwhile', { id, name: theirs.actorName, what });
}

const listKeys: Record<string, string> = {
  'ticket.assigned': 'staff',
  'ticket.team_changed': 'teams',
  'ticket.inbox_changed': 'inboxes',
};

/** The names behind the numbers that an event tells, as far as they were read. */
function namesFor({ type }: TimelineEntry, id: number): { id: number; name: string }[] {
  const list = queryClient.getQueryData<{ id: number; name: string }[]>([listKeys[type]]) ?? [];
  const ticket = cachedTicket(id);
  const owner = ticket?.assigneeId ? [{ id: ticket.assigneeId, name: ticket.assigneeName ?? '' }] : [];
  return type === 'ticket.assigned' ? [...owner, ...list] : list;
}
