import { createHmac } from 'node:crypto';
import type { CommandContext } from '../../platform/command.ts';
import { type Queryable, sql } from '../../platform/db/database.ts';
import { HttpError } from '../../platform/http/errors.ts';
import type { SessionHolder } from './start-session.ts';
import { deskKey, digest } from './tokens.ts';

export type LinkPurpose = 'customer_sign_in' | 'staff_password';

export interface MailLink {
  id: number;
  purpose: LinkPurpose;
  staffId: number | null;
  customerId: number | null;
  /** The address of theirs that it is mailed to. */
  identityId: number | null;
  expiresAt: Date;
  /** Used, or replaced by a newer one. */
  used: boolean;
}

interface LinkRow {
  id: number;
  purpose: LinkPurpose;
  staff_id: number | null;
  customer_id: number | null;
  identity_id: number | null;
  expires_at: Date;
  used_at: Date | null;
}

const lifeSeconds: Record<LinkPurpose, number> = { customer_sign_in: 60 * 60, staff_password: 24 * 60 * 60 };
const mostAnHour = 5;

/**
 * Makes a link and the job `auth.mail_link` `{linkId}` that mails it: to the address `identityId` of a customer, else
 * to the one that is written to. One person gets at most five an hour: then nothing happens, and null is answered.
 */
export async function issueMailLink(
  cx: CommandContext,
  purpose: LinkPurpose,
  holder: SessionHolder,
  identityId: number | null = null,
): Promise<number | null> {
  const staffId = 'staffId' in holder ? holder.staffId : null;
  const customerId = 'customerId' in holder ? holder.customerId : null;
  const hourAgo = new Date(cx.now.getTime() - 3_600_000);
  const { id, recent } = await cx.tx.one<{ id: number; recent: number }>(sql`
    select nextval('mail_links_id_seq') as id, (select count(*) from mail_links
      where created_at > ${hourAgo} and (staff_id = ${staffId} or customer_id = ${customerId})) as recent`);
  if (recent >= mostAnHour) return null;
  const token = await tokenOf(cx.tx, id, purpose);
  const expiresAt = new Date(cx.now.getTime() + lifeSeconds[purpose] * 1000);
  await cx.tx.write(sql`
    insert into mail_links (id, token_hash, purpose, customer_id, identity_id, staff_id, expires_at, created_at)
    values (${id}, ${digest(token)}, ${purpose}, ${customerId}, ${identityId}, ${staffId}, ${expiresAt},
      ${cx.now})`);
  cx.record('mail_link.issued', null, { linkId: id, purpose, staffId, customerId });
  cx.enqueue({ kind: 'auth.mail_link', payload: { linkId: id }, priority: 2 });
  return id;
}

/** For the letter: the link with its token, made again from the desk's secret. Null when there is no such link. */
export async function findMailLink(
  db: Queryable,
  linkId: number,
): Promise<(MailLink & { token: string }) | null> {
  const row = await db.maybe<LinkRow>(sql`select * from mail_links where id = ${linkId}`);
  return row ? { ...present(row), token: await tokenOf(db, row.id, row.purpose) } : null;
}

/**
 * Uses a link up, and with it every other one of the same person and purpose.
 * @throws 401 `link_spent` when it is unknown, used, too old or for something else.
 */
export async function consumeMailLink(
  cx: CommandContext,
  purpose: LinkPurpose,
  token: string,
): Promise<MailLink> {
  const row = await cx.tx.maybe<LinkRow>(sql`
    update mail_links set used_at = ${cx.now}
    where token_hash = ${digest(token)} and purpose = ${purpose} and used_at is null and expires_at > ${cx.now}
    returning *`);
  if (!row)
    throw new HttpError(401, 'link_spent', 'This link was used before or is too old; ask for a new one.');
  await cx.tx.write(sql`
    update mail_links set used_at = ${cx.now} where purpose = ${purpose} and used_at is null
      and (staff_id = ${row.staff_id} or customer_id = ${row.customer_id})`);
  const link = present(row);
  cx.record('mail_link.used', null, {
    linkId: link.id,
    purpose,
    staffId: link.staffId,
    customerId: link.customerId,
  });
  return link;
}

/** Whoever else holds a link of this person's comes too late: what it would open is another's by now, or nobody's. */
export async function voidMailLinks(cx: CommandContext, holder: SessionHolder): Promise<void> {
  const whose =
    'staffId' in holder ? sql`staff_id = ${holder.staffId}` : sql`customer_id = ${holder.customerId}`;
  await cx.tx.write(sql`update mail_links set used_at = ${cx.now} where ${whose} and used_at is null`);
}

async function tokenOf(db: Queryable, id: number, purpose: LinkPurpose): Promise<string> {
  return createHmac('sha256', await deskKey(db, `mail_link ${purpose}`))
    .update(String(id))
    .digest('base64url');
}

function present(row: LinkRow): MailLink {
  return {
    id: row.id,
    purpose: row.purpose,
    staffId: row.staff_id,
    customerId: row.customer_id,
    identityId: row.identity_id,
    expiresAt: row.expires_at,
    used: row.used_at !== null,
  };
}
