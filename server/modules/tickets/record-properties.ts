import type { CommandContext } from '../../platform/command.ts';
import type { Cause } from './events.ts';
import type { CheckedField } from './field-values.ts';
import type { TicketRow } from './ticket-row.ts';

export interface ChangeReason {
  by: 'agent' | 'routing';
  /** Why the tier changed. */
  reason?: string | undefined;
  /** Why what nobody asked for goes with it. */
  organization?: Cause | undefined;
  assignee?: Cause | undefined;
}

const because = (cause: Cause | undefined): { cause?: Cause } => (cause ? { cause } : {});

/** One event for each property that differs; answers whether any does. */
export function recordProperties(
  cx: CommandContext,
  before: TicketRow,
  after: TicketRow,
  fields: CheckedField[],
  why: ChangeReason,
): boolean {
  let changed = false;
  const when = (differs: boolean, record: () => void) => {
    if (!differs) return;
    changed = true;
    record();
  };
  const id = before.id;
  const values = <K extends keyof TicketRow>(key: K) => ({ from: before[key], to: after[key] });
  const differs = (key: keyof TicketRow) => before[key] !== after[key];

  when(differs('subject'), () => cx.record('ticket.subject_changed', id, {}));
  when(differs('externalId'), () => cx.record('ticket.external_id_changed', id, {}));
  when(differs('requesterId'), () => cx.record('ticket.requester_changed', id, values('requesterId')));
  when(differs('organizationId'), () =>
    cx.record('ticket.organization_changed', id, {
      ...values('organizationId'),
      ...because(why.organization),
    }),
  );
  when(differs('type'), () => cx.record('ticket.type_changed', id, values('type')));
  when(differs('priority'), () => cx.record('ticket.priority_changed', id, values('priority')));
  when(differs('tier'), () => {
    cx.record('ticket.tier_changed', id, { ...values('tier'), reason: why.reason ?? null });
  });
  when(differs('inboxId'), () => cx.record('ticket.inbox_changed', id, values('inboxId')));
  when(differs('scheduleId'), () => cx.record('ticket.schedule_changed', id, values('scheduleId')));
  when(differs('language'), () => cx.record('ticket.language_changed', id, values('language')));
  when(differs('teamId'), () => cx.record('ticket.team_changed', id, values('teamId')));
  when(differs('assigneeId'), () => recordAssignment(cx, before, after, why));
  const tags = { added: missingFrom(before.tags, after.tags), removed: missingFrom(after.tags, before.tags) };
  when(tags.added.length + tags.removed.length > 0, () => cx.record('ticket.tagged', id, tags));
  for (const field of fields) {
    const from = before.fields[field.key] ?? null;
    const same = JSON.stringify(from) === JSON.stringify(field.value);
    when(!same, () => cx.record('ticket.field_changed', id, fieldChange(field, from)));
  }
  when(differs('status'), () => cx.record('ticket.status_changed', id, values('status')));
  return changed;
}

function recordAssignment(
  cx: CommandContext,
  before: TicketRow,
  after: TicketRow,
  { by, assignee }: ChangeReason,
): void {
  const { assigneeId: from } = before;
  cx.record('ticket.assigned', before.id, { from, to: after.assigneeId, by, ...because(assignee) });
  const own = cx.actor.kind === 'agent' && after.assigneeId !== null && after.assigneeId === cx.actor.id;
  if (own) cx.record('ticket.claimed', before.id, { agentId: after.assigneeId as number });
}

const missingFrom = (these: string[], those: string[]): string[] =>
  those.filter((one) => !these.includes(one));

/** Words a person typed stay in the row; the log keeps only values that cannot hold them. */
function fieldChange(field: CheckedField, from: unknown): { fieldId: number; from?: unknown; to?: unknown } {
  const wordless = field.kind !== 'text' && field.kind !== 'textarea';
  return wordless ? { fieldId: field.id, from, to: field.value } : { fieldId: field.id };
}
