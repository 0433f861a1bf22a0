import type { NowReaction } from '../../platform/command.ts';
import type { EventType } from '../../platform/events/event-map.ts';
import { acknowledgeOpened } from './email/acknowledge-opened.ts';
import { eraseRaw } from './email/ledger/erase-raw.ts';
import { rejoinRestored } from './email/ledger/rejoin-restored.ts';
import { queueReply } from './email/outbox/queue-reply.ts';
import { makeFirstInbox } from './inboxes/first-inbox.ts';
import {
  refuseOwnCopies,
  refuseOwnIdentity,
  refuseOwnOpening,
  refuseOwnRequester,
} from './inboxes/refuse-own-addresses.ts';
import { refuseUsedSchedule } from './inboxes/refuse-used-schedule.ts';

export const reactions: Partial<Record<EventType, NowReaction>> = {
  'desk.set_up': makeFirstInbox,
  'ticket.opened': async (cx, event) => {
    await refuseOwnOpening(cx, event);
    await acknowledgeOpened(cx, event);
  },
  'ticket.cc_changed': refuseOwnCopies,
  'ticket.requester_changed': refuseOwnRequester,
  'customer.identity_added': refuseOwnIdentity,
  'message.sent': queueReply,
  'message.redacted': eraseRaw,
  'ticket.restored': rejoinRestored,
  'schedule.deleted': refuseUsedSchedule as NowReaction,
};
