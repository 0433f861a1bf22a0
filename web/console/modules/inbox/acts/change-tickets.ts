import type { ChangeTicket, Ticket, TimelineEntry } from '../../../../../server/modules/tickets/contract.ts';
import { ApiError } from '../../../../api/api-error.ts';
import { request } from '../../../../api/request.ts';
import { cachedTicket, patchTicket, refreshTicket } from '../ticket-cache.ts';
import { inOrder } from './in-order.ts';

/** One ticket's change: what the desk is told, how the screen shows it now, and what would take it back. */
export type Change = { id: number; body: ChangeTicket; shown: Partial<Ticket>; back: ChangeTicket };
export type Refusal = { id: number; error: unknown; theirs: TimelineEntry | undefined };

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
};

/** Shows the changes at once, then asks the desk; what it refuses is rolled back and returned. */
export async function changeTickets(changes: readonly Change[]): Promise<Refusal[]> {
  for (const { id, shown } of changes) patchTicket(id, shown);
  const refusals = await Promise.all(changes.map((change) => inOrder(change.id, () => sendChange(change))));
  return refusals.filter((refusal) => refusal !== null);
}

async function sendChange(change: Change): Promise<Refusal | null> {
  try {
    await sendAgainst(change, cachedTicket(change.id)?.version);
    return null;
  } catch (error) {
    const theirs = rollBack(change.id, error);
    return { id: change.id, error, theirs: findRival(theirs, change.body) };
  }
}

async function sendAgainst({ id, body }: Change, version: number | undefined): Promise<void> {
  try {
    patchTicket(id, await request<Ticket>('PATCH', `/tickets/${id}`, { body: { ...body, version } }));
  } catch (error) {
    const changes = changesIn(error);
    if (changes.length === 0 || findRival(changes, body)) throw error;
    // Somebody changed something else: ours still stands.
    patchTicket(id, await request<Ticket>('PATCH', `/tickets/${id}`, { body }));
  }
}

const changesIn = (error: unknown): TimelineEntry[] =>
  error instanceof ApiError && error.code === 'conflict'
    ? ((error.details.changes as TimelineEntry[] | undefined) ?? [])
    : [];

function findRival(changes: readonly TimelineEntry[], body: ChangeTicket): TimelineEntry | undefined {
  return changes.findLast((change) => {
    const property = rivals[change.type];
    return property !== undefined && property in body;
  });
}

/** The desk's own state takes the place of what we showed too soon. */
export function rollBack(id: number, error: unknown): TimelineEntry[] {
  const now = error instanceof ApiError ? (error.details.ticket as Ticket | undefined) : undefined;
  if (now) patchTicket(id, now);
  refreshTicket(id);
  return changesIn(error);
}
