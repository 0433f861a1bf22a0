import { empty, type Queryable, sql } from '../../../../platform/db/database.ts';
import type { HeldMails, LedgerQuery, Mail } from '../../contract.ts';
import { type MailRow, mailColumns } from './mail-row.ts';

/** They wait for a person's decision. */
const heldFates = ['suspended', 'quarantined'];

/** Newest first. The cursor is the id of the last one seen; `q` looks at sender, recipient and subject. */
export async function listMails(
  db: Queryable,
  question: LedgerQuery,
): Promise<{ items: Mail[]; nextCursor: string | null }> {
  const { fate = [] } = question;
  const fates = fate === 'held' ? heldFates : [fate].flat();
  const pattern = question.q ? `%${question.q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%` : null;
  const rows = await db.all<MailRow>(sql`
    select ${mailColumns} from mails
    where id < ${Number(question.cursor ?? Number.MAX_SAFE_INTEGER)}
      ${fates.length > 0 ? sql`and fate = any(${fates}::text[])` : empty}
      ${question.cause ? sql`and cause = ${question.cause}` : empty}
      ${question.inbox ? sql`and inbox_id = ${question.inbox}` : empty}
      ${question.ticket ? sql`and ticket_id = ${question.ticket}` : empty}
      ${
        pattern
          ? sql`and (lower(coalesce(from_address, envelope_from)) like ${pattern} or lower(envelope_to) like ${pattern}
        or lower(coalesce(from_name, '')) like ${pattern} or lower(coalesce(subject, '')) like ${pattern})`
          : empty
      }
    order by id desc limit ${question.limit + 1}`);
  const items = rows.slice(0, question.limit);
  return {
    items: items.map(presentMail),
    nextCursor: rows.length > items.length ? String(items.at(-1)?.id) : null,
  };
}

export function presentMail(row: MailRow): Mail {
  const { fateBefore: _, headerId: __, fromAddress, sha256, receivedAt, readAt, ...rest } = row;
  return {
    ...rest,
    from: fromAddress,
    sha256: sha256.toString('hex'),
    receivedAt: receivedAt.toISOString(),
    readAt: readAt?.toISOString() ?? null,
  };
}

/** How many mails wait for a person's decision, by why. */
export function countHeld(db: Queryable): Promise<HeldMails> {
  return db.one<HeldMails>(sql`
    select count(*) filter (where fate = 'suspended') as suspended,
      count(*) filter (where fate = 'quarantined') as quarantined
    from mails where fate = any(${heldFates}::text[])`);
}

/** The mails that could not be read, oldest first. */
export async function listQuarantined(db: Queryable): Promise<number[]> {
  const rows = await db.all<{ id: number }>(sql`select id from mails where fate = 'quarantined' order by id`);
  return rows.map(({ id }) => id);
}
