import type { Withdrawn } from '../../../../../server/modules/channels/contract.ts';
import type { Message } from '../../../../../server/modules/tickets/contract.ts';
import { wordsOf } from '../../../../api/error-words.ts';
import { request } from '../../../../api/request.ts';
import type { Translate } from '../../../../ui/formats.ts';
import { toast } from '../../../../ui/toast.ts';
import { newestPublicId, refreshTicket } from '../ticket-cache.ts';
import { askToCompose } from './compose-ask.ts';
import { putBack } from './draft.ts';

/** Takes a reply back before it leaves, as if it had not been sent; its words and files return to the box. */
export async function undoSending(message: Message, t: Translate): Promise<void> {
  const { ticketId } = message;
  try {
    const { draft } = await request<Withdrawn>('DELETE', `/messages/${message.id}/delivery`);
    if (draft)
      putBack(ticketId, 'reply', { ...draft, ccs: draft.ccs ?? null, seenId: newestPublicId(ticketId) });
    askToCompose('reply', ticketId);
    toast(t('ticket.taken_back'));
  } catch (error) {
    toast(wordsOf(error, t), { tone: 'failed' });
  }
  refreshTicket(ticketId);
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
