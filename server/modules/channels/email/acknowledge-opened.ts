import type { CommandContext, NowReaction } from '../../../platform/command.ts';
import { isEvent } from '../../../platform/events/event-map.ts';

export interface Acknowledging {
  ticketId: number;
  /** Whom to tell; else the requester, at their first address. */
  recipient: string | null;
  inReplyTo: string | null;
  /** Somebody we trust has proved that the mail is from this address. */
  proved?: boolean;
}

/** A mail answers by itself; these doors have no way back but mail. */
const doorsWithoutEcho = new Set(['api', 'form']);

/** A customer asked at a form, or a program for them: they are told like the sender of a mail. */
export const acknowledgeOpened: NowReaction = async (cx, event) => {
  if (!isEvent(event, 'ticket.opened') || event.ticketId === null) return;
  const { channel, origin, training } = event.data;
  if (!doorsWithoutEcho.has(channel) || origin !== 'inbound' || training) return;
  enqueueAcknowledging(cx, { ticketId: event.ticketId, recipient: null, inReplyTo: null });
};

export function enqueueAcknowledging(cx: CommandContext, order: Acknowledging): void {
  cx.enqueue({
    kind: 'mail.acknowledge',
    payload: { ...order },
    priority: 8,
    key: `mail.acknowledge:${order.ticketId}`,
  });
}
