import type { Queryable } from '../../platform/db/database.ts';
import type { RecordedEvent } from '../../platform/events/event-map.ts';
import { listEventsOfTicket } from '../../platform/events/read-events.ts';
import { type TicketRow, ticketReads } from '../tickets/index.ts';
import { type AuditEntry, type AuditState, auditEntries } from './audit-changes.ts';
import { wireTime } from './instant.ts';
import { presentComment } from './present-comment.ts';
import { readCommentSurroundings } from './read-comments.ts';
import { via } from './vocabulary.ts';

export interface Audit extends Record<string, unknown> {
  id: number;
  ticket_id: number;
  created_at: string;
  author_id: number;
  events: AuditEntry[];
}

// An event gives at most this many entries, so an entry's id is the event's times this, and one more for each.
const entriesPerEvent = 32;

/** The event log of one ticket, one audit a command, oldest first. */
export async function listAudits(db: Queryable, base: string, row: TicketRow): Promise<Audit[]> {
  const events = await listEventsOfTicket(db, row.id);
  const messages = (await ticketReads.listMessages(db, row.id)).filter(
    (message) => message.ticketId === row.id,
  );
  const around = await readCommentSurroundings(db, base, messages);
  const comments = new Map(messages.map((message) => [message.id, presentComment(message, around)]));
  const state: AuditState = { subject: row.subject, tags: [], ccs: [], followers: [] };
  const audits = new Map<number, Audit>();
  for (const event of events) {
    const entries = [...commentEntries(event, comments), ...auditEntries(event, state)];
    if (entries.length === 0) continue;
    const audit = audits.get(event.commandId) ?? emptyAudit(event, row);
    audits.set(event.commandId, audit);
    audit.events.push(
      ...entries.map((entry, index) => ({ id: event.id * entriesPerEvent + index, ...entry })),
    );
  }
  return [...audits.values()];
}

const messageEvents = new Set<string>(['message.received', 'message.sent', 'note.added']);

function commentEntries(event: RecordedEvent, comments: Map<number, Record<string, unknown>>): AuditEntry[] {
  if (!messageEvents.has(event.type)) return [];
  const comment = comments.get((event.data as { messageId: number }).messageId);
  return comment ? [{ ...comment, type: 'Comment' }] : [];
}

function emptyAudit(event: RecordedEvent, row: TicketRow): Audit {
  return {
    id: event.id,
    ticket_id: row.id,
    created_at: wireTime(event.at),
    author_id: event.actor.id ?? -1,
    metadata: { system: { client: null, ip_address: null, location: null }, custom: {} },
    via: event.actor.kind === 'system' ? via('rule') : via(row.channel),
    events: [],
  };
}
