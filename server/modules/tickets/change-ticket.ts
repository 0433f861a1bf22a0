import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { changeCcs } from './change-ccs.ts';
import { changeFollowers } from './change-followers.ts';
import { scheduleClosing } from './close-solved.ts';
import type { ChangeTicket } from './contract.ts';
import { type CheckedField, checkFields, fieldsWith } from './field-values.ts';
import { keepReason } from './keep-reason.ts';
import { nextVersion } from './next-version.ts';
import { checkAssignment, isTeamMember } from './people.ts';
import { lockLivingTicket } from './queries.ts';
import { recordProperties } from './record-properties.ts';
import { refuseStale } from './refuse-conflict.ts';
import { organizationOfRequester, refusingUnknown } from './refused-reference.ts';
import { refuseClosed } from './send-message.ts';
import type { TicketRow } from './ticket-row.ts';

export interface ChangeTicketInput {
  ticketId: number;
  change: ChangeTicket;
  /** Who chose the assignee: a person (default) or a rule. */
  by?: 'agent' | 'routing';
}

/**
 * Changes properties. One event for each that really changes; 409 with the state now when `version` is stale.
 * A change of team takes the ticket from an assignee who is not in the new team.
 */
export async function changeTicket(cx: CommandContext, input: ChangeTicketInput): Promise<void> {
  const { change } = input;
  const ticket = await lockLivingTicket(cx.tx, input.ticketId);
  // Of the ticket that was named: the one it lives on now counts its own.
  await refuseStale(cx, input.ticketId, change.version);
  if (!touchesTagsOnly(change)) refuseClosed(ticket);
  const fields = change.fields ? await checkFields(cx.tx, change.fields) : [];
  const after = await applyChange(cx, ticket, change, fields);
  const changed = recordProperties(cx, ticket, after, fields, {
    by: input.by ?? 'agent',
    reason: change.reason,
    organization: change.organizationId === undefined ? 'requester_changed' : undefined,
    assignee: change.assigneeId === undefined ? 'not_in_team' : undefined,
  });
  const ccs = change.ccs ? await changeCcs(cx, after, change.ccs) : false;
  const followers = change.followers ? await changeFollowers(cx, ticket.id, change.followers) : false;
  if (changed || ccs || followers) {
    keepReason(cx, change.reason);
    await refusingUnknown(writeTicket(cx, after));
  }
  if (after.status === 'solved' && ticket.status !== 'solved') await scheduleClosing(cx, ticket.id);
}

function touchesTagsOnly(change: ChangeTicket): boolean {
  const { version: _version, tags: _tags, addTags: _added, removeTags: _removed, ...others } = change;
  return Object.values(others).every((value) => value === undefined);
}

async function applyChange(
  cx: CommandContext,
  ticket: TicketRow,
  change: ChangeTicket,
  fields: CheckedField[],
): Promise<TicketRow> {
  const after: TicketRow = { ...ticket, ...plainProperties(change), tags: nextTags(ticket.tags, change) };
  if (fields.length > 0) after.fields = fieldsWith(ticket.fields, fields);
  if (change.requesterId !== undefined && change.requesterId !== ticket.requesterId) {
    const organizationId = await organizationOfRequester(cx.tx, change.requesterId);
    if (change.organizationId === undefined) after.organizationId = organizationId;
  }
  if (change.status !== undefined && change.status !== ticket.status) {
    after.solvedAt = change.status === 'solved' ? cx.now : null;
    if (change.status === 'solved') after.waitingSince = null;
  }
  await applyAssignment(cx, ticket, change, after);
  return after;
}

const plainKeys = [
  'subject',
  'status',
  'priority',
  'type',
  'tier',
  'teamId',
  'assigneeId',
  'organizationId',
  'requesterId',
  'scheduleId',
  'inboxId',
  'language',
  'externalId',
] as const satisfies (keyof ChangeTicket & keyof TicketRow)[];

function plainProperties(change: ChangeTicket): Partial<TicketRow> {
  const given = plainKeys.filter((key) => change[key] !== undefined);
  return Object.fromEntries(given.map((key) => [key, change[key]]));
}

function nextTags(tags: string[], change: ChangeTicket): string[] {
  const next = new Set(change.tags ?? tags);
  for (const tag of change.addTags ?? []) next.add(tag);
  for (const tag of change.removeTags ?? []) next.delete(tag);
  return [...next].sort();
}

async function applyAssignment(
  cx: CommandContext,
  ticket: TicketRow,
  change: ChangeTicket,
  after: TicketRow,
): Promise<void> {
  const assigneeId = after.assigneeId === ticket.assigneeId ? null : after.assigneeId;
  const teamId = after.teamId === ticket.teamId ? null : after.teamId;
  if (assigneeId === null && teamId === null) return;
  await checkAssignment(cx.tx, { assigneeId, teamId });
  if (teamId !== null && change.assigneeId === undefined && after.assigneeId !== null) {
    if (!(await isTeamMember(cx.tx, teamId, after.assigneeId))) after.assigneeId = null;
  }
}

async function writeTicket(cx: CommandContext, after: TicketRow): Promise<void> {
  await cx.tx.write(sql`
    update tickets set subject = ${after.subject}, status = ${after.status}, type = ${after.type},
      priority = ${after.priority}, tier = ${after.tier}, team_id = ${after.teamId},
      assignee_id = ${after.assigneeId}, requester_id = ${after.requesterId},
      organization_id = ${after.organizationId}, inbox_id = ${after.inboxId}, schedule_id = ${after.scheduleId},
      language = ${after.language}, tags = ${after.tags}::text[], fields = ${JSON.stringify(after.fields)}::jsonb,
      external_id = ${after.externalId}, waiting_since = ${after.waitingSince}, solved_at = ${after.solvedAt},
      ${nextVersion(cx)}
    where id = ${after.id}`);
}
