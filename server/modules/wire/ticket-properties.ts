import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { invalid } from '../../platform/http/errors.ts';
import type { ChangeTicket } from '../tickets/contract.ts';
import { type TicketRow, ticketReads } from '../tickets/index.ts';
import { customerAt, customerFor, emailOf, kindOfUser, staffAt } from './find-people.ts';
import type { ChangedTicketBody, CopyBody, ImportedTicket, NewTicketBody } from './ticket-body.ts';

export type PropertiesBody = Partial<Omit<NewTicketBody, 'comment'>> &
  Partial<Pick<ChangedTicketBody, 'additional_tags' | 'remove_tags'>> &
  Partial<Pick<ImportedTicket, 'solved_at'>>;

/** What a wire body asks to change, in our words. Status and comment are the caller's. */
export async function readProperties(
  cx: CommandContext,
  body: PropertiesBody,
  ticket: TicketRow | null,
): Promise<ChangeTicket> {
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
    ccs: await readCcs(cx, body, ticket),
    followers: await readFollowers(cx, body, ticket),
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

/** Everybody in copy after this, by address; undefined when the body says nothing of it. */
async function readCcs(
  cx: CommandContext,
  body: PropertiesBody,
  ticket: TicketRow | null,
): Promise<string[] | undefined> {
  const wanted = new Set<number>(body.email_cc_ids ?? ticket?.ccIds ?? []);
  if (!body.email_ccs && !body.email_cc_ids && !body.collaborators) return undefined;
  for (const copy of body.email_ccs ?? []) {
    const id = await customerOfCopy(cx, copy, 'email_ccs');
    if (copy.action === 'delete') wanted.delete(id);
    else wanted.add(id);
  }
  for (const one of body.collaborators ?? []) {
    if (typeof one === 'number') {
      if ((await kindOfUser(cx.tx, one)) === 'customer') wanted.add(one);
    } else
      wanted.add(await (typeof one === 'string' ? customerAt(cx, one) : customerAt(cx, one.email, one.name)));
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
): Promise<number[] | undefined> {
  const staffCollaborators = await staffAmong(cx, body.collaborators ?? []);
  if (!body.followers && !body.follower_ids && staffCollaborators.length === 0) return undefined;
  const wanted = new Set<number>([
    ...(body.follower_ids ?? ticket?.followerIds ?? []),
    ...staffCollaborators,
  ]);
  for (const copy of body.followers ?? []) {
    const id = copy.user_email ? await staffAt(cx, copy.user_email, 'followers') : copy.user_id;
    if (id === undefined) throw invalid({ followers: 'needs user_id or user_email' });
    if (copy.action === 'delete') wanted.delete(id);
    else wanted.add(id);
  }
  return [...wanted];
}

async function staffAmong(
  cx: CommandContext,
  collaborators: NonNullable<PropertiesBody['collaborators']>,
): Promise<number[]> {
  const ids = collaborators.filter((one): one is number => typeof one === 'number');
  if (ids.length === 0) return [];
  const rows = await cx.tx.all<{ id: number }>(
    sql`select id from wire_users where id = any(${ids}::bigint[]) and kind = 'staff'`,
  );
  return rows.map((row) => row.id);
}
