import type { Message, TicketDetail } from '../../../../../server/modules/tickets/contract.ts';
import { createStore, useStore } from '../../../../ui/store.ts';
import type { Draft, DraftKind } from './draft.ts';

export type SendStatus = 'solved' | 'pending' | undefined;

/** A message that the desk has not confirmed yet. */
export type Outgoing = {
  key: string;
  ticketId: number;
  kind: DraftKind;
  draft: Draft;
  status: SendStatus;
  mentions: number[];
  authorName: string;
  lastSeenMessageId: number | undefined;
  statusBefore: TicketDetail['status'];
  writtenAt: string;
  state: 'sending' | 'failed' | 'missed';
  why: string;
  /** What others wrote meanwhile, when the desk asked to look first. */
  missed: Message[];
};

export const outgoing = createStore<readonly Outgoing[]>([]);

export function useOutgoing(ticketId: number): Outgoing[] {
  return useStore(outgoing).filter((one) => one.ticketId === ticketId);
}

export const addOutgoing = (one: Outgoing): void => outgoing.set((now) => [...now, one]);
export const dropOutgoing = (key: string): void =>
  outgoing.set((now) => now.filter((one) => one.key !== key));

export function markOutgoing(key: string, change: Partial<Outgoing>): void {
  outgoing.set((now) => now.map((one) => (one.key === key ? { ...one, ...change } : one)));
}
