import type { Withdrawn } from '../../../../../server/modules/channels/contract.ts';
import type { Message, Ticket } from '../../../../../server/modules/tickets/contract.ts';
import { wordsOf } from '../../../../api/error-words.ts';
import { request } from '../../../../api/request.ts';
import type { Translate } from '../../../../ui/formats.ts';
import { toast } from '../../../../ui/toast.ts';
import { patchTicket, refreshTicket } from '../ticket-cache.ts';
import { askToCompose } from './compose-ask.ts';
import { putBack } from './draft.ts';

/** Takes a reply back before it leaves; its words and files return to the box, and the status to what it was. */
export async function undoSending(
  message: Message,
  t: Translate,
  statusBefore?: Ticket['status'],
): Promise<void> {
  const { ticketId } = message;
  try {
    const { draft } = await request<Withdrawn>('DELETE', `/messages/${message.id}/delivery`);
    if (draft) putBack(ticketId, 'reply', { ...draft, ccs: null });
    if (statusBefore) await giveStatusBack(ticketId, statusBefore);
    askToCompose('reply', ticketId);
    toast(t('ticket.taken_back'));
  } catch (error) {
    toast(wordsOf(error, t), { tone: 'failed' });
  }
  refreshTicket(ticketId);
}

async function giveStatusBack(ticketId: number, before: Ticket['status']): Promise<void> {
  const status = before === 'new' || before === 'closed' ? 'open' : before;
  patchTicket(ticketId, await request<Ticket>('PATCH', `/tickets/${ticketId}`, { body: { status } }));
}

/** Once more, for everybody who has not got it. */
export async function retryDelivery(message: Message, t: Translate): Promise<void> {
  try {
    await request('POST', `/messages/${message.id}/delivery`);
  } catch (error) {
    toast(wordsOf(error, t), { tone: 'failed' });
  }
  refreshTicket(message.ticketId);
}
