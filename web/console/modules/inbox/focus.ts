import type { Address } from './use-address.ts';

const listId = 'ticket-list';
export const threadId = 'ticket-thread';

const isSeen = (element: HTMLElement | null): element is HTMLElement =>
  element !== null && element.offsetParent !== null;

/** To the rows, or where none are on screen to what stands instead of them. */
export function focusList(): void {
  const list = document.getElementById(listId) ?? document.getElementById('ticket-list-pane');
  if (isSeen(list)) list.focus();
}

export function focusThread(): boolean {
  const thread = document.getElementById(threadId);
  if (isSeen(thread)) thread.focus({ preventScroll: true });
  return isSeen(thread);
}

/** Where reading goes on: the conversation where one is open, else the list. */
export function focusReading(): void {
  if (!focusThread()) focusList();
}

/** Opens a ticket and leaves the focus on the list, so that the next is a key away; a second time goes inside. */
export function goInto(address: Address, id: number): void {
  if (address.ticketId === id) focusThread();
  else address.openTicket(id);
}
