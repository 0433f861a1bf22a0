import type {
  ChangeTicket,
  Ticket,
  TicketDetail,
  TimelineEntry,
} from '../../../../../server/modules/tickets/contract.ts';
import { request } from '../../../../api/request.ts';
import { cachedTicket } from '../ticket-cache.ts';
import { changesIn, type Step } from './steps.ts';

type Asked = { id: number; body: ChangeTicket; shown: Partial<TicketDetail> };
/** One ticket's change of properties, and what would take it back: what figures count, the desk has to undo. */
export type Change = Asked & { back: ChangeTicket | 'undo' };

/** Which events would contradict a change of a property; any other change in between does not matter. */
const rivals: Record<string, keyof ChangeTicket> = {
  'ticket.status_changed': 'status',
  'ticket.priority_changed': 'priority',
  'ticket.type_changed': 'type',
  'ticket.tier_changed': 'tier',
  'ticket.team_changed': 'teamId',
  'ticket.assigned': 'assigneeId',
  'ticket.requester_changed': 'requesterId',
  'ticket.subject_changed': 'subject',
  'ticket.inbox_changed': 'inboxId',
  'ticket.cc_changed': 'ccs',
};

export function changeStep({ id, body, shown }: Asked): Step {
  const findRival = (changes: readonly TimelineEntry[]) =>
    changes.findLast((change) => {
      const property = rivals[change.type];
      return property !== undefined && property in body;
    });
  const patch = (version?: number) =>
    request<Ticket>('PATCH', `/tickets/${id}`, { body: { ...body, version } });
  const send = async () => {
    try {
      return await patch(cachedTicket(id)?.version);
    } catch (error) {
      const changes = changesIn(error);
      if (changes.length === 0 || findRival(changes)) throw error;
      // Somebody changed something else: ours still stands.
      return patch();
    }
  };
  return { id, shown, send, findRival };
}

/** Takes a change back as if it had not been; it is named by what it had set, not by why. */
export function undoStep({ id, body: { reason: _, ...body } }: Asked, shown: Asked['shown']): Step {
  return { id, shown, send: () => request<Ticket>('POST', `/tickets/${id}/undo`, { body }) };
}
