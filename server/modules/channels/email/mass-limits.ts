import { type Queryable, sql } from '../../../platform/db/database.ts';

/**
 * How many acknowledgements senders whom nobody proved get together. Anybody can write in anybody's name, so without
 * these a flood of forged mails would make the desk write to a whole company, or to one person under many spellings.
 */
export const massLimits = {
  /** One mailbox, whatever stands behind its plus sign. */
  mailboxHour: 5,
  domain10Minutes: 100,
  domainHour: 200,
  desk10Minutes: 500,
};

const hourMilliseconds = 3_600_000;
const tenMinutes = 600_000;
/** What other processes sent is seen this much later. */
const rereadMilliseconds = 1000;

interface Sent {
  recipient: string;
  at: number;
}

interface Recent {
  readAt: number;
  sent: Sent[];
}

const recentOf = new WeakMap<Queryable, Promise<Recent>>();

/**
 * The limit that one more acknowledgement would break, or null; when it breaks none it is counted. The last hour's are
 * read once a second for all, since in a flood, when it matters, every mail asks.
 */
export async function takeMassLimit(db: Queryable, now: Date, recipient: string): Promise<string | null> {
  const { sent } = await readRecent(db, now.getTime());
  const hour = sent.filter(({ at }) => at > now.getTime() - hourMilliseconds);
  const broken = brokenLimit(hour, now.getTime(), recipient);
  if (broken === null) sent.push({ recipient, at: now.getTime() });
  return broken;
}

function brokenLimit(hour: Sent[], now: number, recipient: string): string | null {
  const inMailbox = hour.filter((one) => mailboxOf(one.recipient) === mailboxOf(recipient));
  const inDomain = hour.filter((one) => domainOf(one.recipient) === domainOf(recipient));
  const ofTenMinutes = (sent: Sent[]) => sent.filter(({ at }) => at > now - tenMinutes).length;
  if (inMailbox.length >= massLimits.mailboxHour) return 'mailbox_hour';
  if (ofTenMinutes(inDomain) >= massLimits.domain10Minutes) return 'domain_10_minutes';
  if (inDomain.length >= massLimits.domainHour) return 'domain_hour';
  return ofTenMinutes(hour) >= massLimits.desk10Minutes ? 'desk_10_minutes' : null;
}

async function readRecent(db: Queryable, now: number): Promise<Recent> {
  const known = await recentOf.get(db);
  if (known && now >= known.readAt && now - known.readAt < rereadMilliseconds) return known;
  const reading = loadRecent(db, now);
  recentOf.set(db, reading);
  reading.catch(() => recentOf.delete(db));
  return reading;
}

async function loadRecent(db: Queryable, now: number): Promise<Recent> {
  const rows = await db.all<{ recipient: string; at: Date }>(sql`
    select recipients[1] as recipient, created_at as at from outgoing_mails
    where kind = 'acknowledgement' and created_at > ${new Date(now - hourMilliseconds)}
    order by created_at desc limit 3000`);
  return { readAt: now, sent: rows.map(({ recipient, at }) => ({ recipient, at: at.getTime() })) };
}

const mailboxOf = (address: string): string => address.replace(/\+[^@]*@/, '@');

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@'));
