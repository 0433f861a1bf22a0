import type { ActorKind, EventType, RecordedEvent } from './event-map.ts';
import { upcast } from './upcast.ts';

export interface EventRow {
  id: number;
  command_id: number;
  type: string;
  version: number;
  ticket_id: number | null;
  ticket_seq: number | null;
  actor_kind: ActorKind;
  actor_id: number | null;
  caused_by: number | null;
  at: Date;
  recorded_at: Date;
  position: number | null;
  data: unknown;
}

export function fromRow(row: EventRow): RecordedEvent {
  const { version, data } = upcast(row.type, row.version, row.data);
  return {
    id: row.id,
    commandId: row.command_id,
    type: row.type as EventType,
    version,
    ticketId: row.ticket_id,
    ticketSeq: row.ticket_seq,
    actor: { kind: row.actor_kind, id: row.actor_id },
    causedBy: row.caused_by,
    at: row.at,
    recordedAt: row.recorded_at,
    position: row.position,
    data: data as RecordedEvent['data'],
  };
}
