import type { Ticket } from '../../../../../server/modules/tickets/contract.ts';
import type { LiveEvent } from '../../../../api/live.ts';

/** The desk told that a promise is four fifths used, or used up. */
export type PromiseNews = {
  kind: 'warned' | 'breached';
  ticketId: number;
  target: string;
  /** Epoch ms. */
  dueAt: number;
};

/** Whom it is told to: who they are, their teams, and what they have open. */
export type Reader = { id: number; teamIds: readonly number[]; openId: number | null };

/** What was told longer ago than this is no news to a page that was away. */
const freshMs = 2 * 60_000;

type Told = {
  ticketId?: number | null;
  recordedAt?: string;
  data?: { target?: string; dueAt?: string | null };
};

/** The news in an event, if it is of that kind and fresh. */
export function readPromiseNews({ type, data }: LiveEvent, now: number): PromiseNews | null {
  if (type !== 'sla.warned' && type !== 'sla.breached') return null;
  const { ticketId, recordedAt = '', data: told } = (data ?? {}) as Told;
  if (!ticketId || !told?.target || !told.dueAt || now - Date.parse(recordedAt) > freshMs) return null;
  const kind = type === 'sla.warned' ? 'warned' : 'breached';
  return { kind, ticketId, target: told.target, dueAt: Date.parse(told.dueAt) };
}

/** Whoever works on it, or may take it: its owner; while it has none, its team, else everybody; and whoever reads it. */
export function concerns(reader: Reader, ticket: Ticket): boolean {
  if (ticket.id === reader.openId || ticket.assigneeId === reader.id) return true;
  if (ticket.assigneeId !== null) return false;
  return ticket.teamId === null || reader.teamIds.includes(ticket.teamId);
}

/** Still so: the promise that runs on the ticket is this one, or an earlier one beside it. */
export const holdsStill = ({ dueAt }: PromiseNews, ticket: Ticket): boolean =>
  ticket.dueAt !== null && dueAt >= Date.parse(ticket.dueAt);

/** One line a promise: what is late by now need not be told as nearly late. */
export function latestNews(news: readonly PromiseNews[]): PromiseNews[] {
  const late = new Set(news.filter(({ kind }) => kind === 'breached').map(nameOf));
  const told = news.filter((one) => one.kind === 'breached' || !late.has(nameOf(one)));
  return [...new Map(told.map((one) => [nameOf(one), one])).values()];
}

const nameOf = ({ ticketId, target }: PromiseNews): string => `${ticketId} ${target}`;
