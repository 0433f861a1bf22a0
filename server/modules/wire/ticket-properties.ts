import type { CommandContext } from '../../platform/command.ts';
import { invalid } from '../../platform/http/errors.ts';
import { findStaffByEmail } from '../staff/index.ts';
import type { ChangeTicket } from '../tickets/contract.ts';
import { type TicketRow, ticketReads } from '../tickets/index.ts';
import { customerAt, customerFor, emailOf, kindOfUser, staffAt } from './find-people.ts';
import type { ChangedTicketBody, CopyBody, ImportedTicket, NewTicketBody } from './ticket-body.ts';

export type PropertiesBody = Partial<Omit<NewTicketBody, 'comment'>> &
  Partial<Pick<ChangedTicketBody, 'additional_tags' | 'additional_collaborators' | 'remove_tags'>> &
  Partial<Pick<ImportedTicket, 'solved_at'>>;

/** What a wire body asks to change, in our words. Status and comment are the caller's. */
export async function readProperties(
  cx: CommandContext,
  body: PropertiesBody,
  ticket: TicketRow | null,
): Promise<ChangeTicket> {
  const among = await sortCollaborators(cx, body);
  const change: ChangeTicket = {
    subject: body.subject,
    priority: body.priority,
    type: body.type,
    teamId: body.group_id,
    assigneeId: body.assignee_email
      ? await staffAt(cx, body.assignee_email, 'assignee_email')
      : body.assignee_id,
    organizationId: body.organization_id,
    externalId: body.external_id,
    tags: body.tags,
    addTags: body.additional_tags,
    removeTags: body.remove_tags,
    fields: await readFields(cx, body),
    ccs: await readCcs(cx, body, ticket, among.customers),
    followers: await readFollowers(cx, body, ticket, among.staff),
  };
  if (ticket) change.requesterId = await readRequester(cx, body);
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

export async function readRequester(cx: CommandContext, body: PropertiesBody): Promise<number | undefined> {
  if (body.requester) return customerAt(cx, body.requester.email, body.requester.name, body.requester.locale);
  return body.requester_id === undefined ? undefined : customerFor(cx, body.requester_id, 'requester_id');
}

/** Custom fields by number, from either of their two spellings. A list sent back whole changes nothing by itself. */
async function readFields(
  cx: CommandContext,
  body: PropertiesBody,
): Promise<Record<string, unknown> | undefined> {
  const given = body.custom_fields ?? (Array.isArray(body.fields) ? body.fields : undefined);
  const list = given ?? Object.entries(body.fields ?? {}).map(([id, value]) => ({ id: Number(id), value }));
  if (list.length === 0) return undefined;
  const keys = new Map((await ticketReads.listFieldDefinitions(cx.tx)).map((field) => [field.id, field.key]));
  const unknown = list.find(({ id }) => !keys.has(id));
  if (unknown) throw invalid({ custom_fields: `there is no ticket field ${unknown.id}` });
  return Object.fromEntries(list.map(({ id, value }) => [keys.get(id) as string, value ?? null]));
}

/** Agents among the collaborators follow, everybody else is in copy. */
async function sortCollaborators(
  cx: CommandContext,
  { collaborators = [], additional_collaborators: more = [] }: PropertiesBody,
): Promise<{ customers: number[]; staff: number[] }> {
  const customers: number[] = [];
  const staff: number[] = [];
  for (const one of [...collaborators, ...more]) {
    if (typeof one === 'number') {
      const kind = await kindOfUser(cx.tx, one);
      if (!kind) throw invalid({ collaborators: `there is no user ${one}` });
      (kind === 'staff' ? staff : customers).push(one);
      continue;
    }
    const { email, name } = typeof one === 'string' ? { email: one } : one;
    const colleague = await findStaffByEmail(cx.tx, email);
    if (colleague) staff.push(colleague.id);
    else customers.push(await customerAt(cx, email, name));
  }
  return { customers, staff };
}

/** Everybody in copy after this, by address; undefined when the body says nothing of it. */
async function readCcs(
  cx: CommandContext,
  body: PropertiesBody,
  ticket: TicketRow | null,
  collaborators: number[],
): Promise<string[] | undefined> {
  if (!body.email_ccs && !body.email_cc_ids && collaborators.length === 0) return undefined;
  const wanted = new Set<number>([...(body.email_cc_ids ?? ticket?.ccIds ?? []), ...collaborators]);
  for (const copy of body.email_ccs ?? []) {
    const id = await customerOfCopy(cx, copy, 'email_ccs');
    if (copy.action === 'delete') wanted.delete(id);
    else wanted.add(id);
  }
  const emails: string[] = [];
  for (const id of [...wanted].sort((a, b) => a - b)) emails.push(await emailOf(cx, id, 'email_ccs'));
  return emails;
}

async function customerOfCopy(cx: CommandContext, copy: CopyBody, field: string): Promise<number> {
  if (copy.user_email) return customerAt(cx, copy.user_email, copy.user_name);
  if (copy.user_id === undefined) throw invalid({ [field]: 'needs user_id or user_email' });
  return customerFor(cx, copy.user_id, field);
}

async function readFollowers(
  cx: CommandContext,
  body: PropertiesBody,
  ticket: TicketRow | null,
  collaborators: number[],
): Promise<number[] | undefined> {
  if (!body.followers && !body.follower_ids && collaborators.length === 0) return undefined;
  const wanted = new Set<number>([...(body.follower_ids ?? ticket?.followerIds ?? []), ...collaborators]);
  for (const copy of body.followers ?? []) {
    const id = copy.user_email ? await staffAt(cx, copy.user_email, 'followers') : copy.user_id;
    if (id === undefined) throw invalid({ followers: 'needs user_id or user_email' });
    if (copy.action === 'delete') wanted.delete(id);
    else wanted.add(id);
  }
  return [...wanted];
}
