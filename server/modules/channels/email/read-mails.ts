import type { CommandContext } from '../../../platform/command.ts';
import { sql } from '../../../platform/db/database.ts';
import { tellError } from '../../../platform/describe-error.ts';
import type { Desk } from '../../../platform/desk.ts';
import { system } from '../../../platform/events/event-map.ts';
import { claimJobs, finishJob, postponeJob } from '../../../platform/jobs/claim-jobs.ts';
import { type ClaimedJob, type JobRunner, LeaseLost, RetryLater } from '../../../platform/jobs/job.ts';
import { createByteRoom } from './byte-room.ts';
import { type BatchFacts, gatherFacts } from './gather-facts.ts';
import { type Judged, judgeMail } from './judge-mail.ts';
import { type MailRow, mailColumns } from './ledger/mail-row.ts';
import { readRawMail } from './ledger/raw-mail.ts';
import { type Outcome, writeOutcomes } from './ledger/write-outcomes.ts';
import { readUnreadable } from './read-unreadable.ts';
import { type Letter, readLetter } from './readers.ts';
import { settleMail } from './settle-mail.ts';
import { storeParts } from './store-parts.ts';

export interface ReadingJob {
  mailIds: number[];
  /** A person let it in: it is not screened, and not a duplicate. */
  released?: boolean;
  /** A person wants it read although the same bytes came before; it is screened like any other. */
  original?: boolean;
  /** A person named the ticket it belongs to. */
  ticketId?: number;
}

/**
 * From accepted bytes to a ticket, a reply or a recorded reason. Some mails share one command; when it fails they
 * are tried one by one, and one that fails twice alone is held as `quarantined` while the others go on.
 */
export const readMails: JobRunner = async (desk, job) => {
  const others = await absorbReadings(desk, job);
  const mailIds = [job, ...others].flatMap((one) => (one.payload as ReadingJob).mailIds);
  try {
    const bytes = await bytesOf(desk, mailIds);
    if (mailIds.length > 1 && bytes > mostSharedBytes) await splitReading(desk, job, { mailIds }, others);
    else await inRoom(bytes, () => readAll(desk, job, { mailIds }, others));
  } catch (error) {
    if (error instanceof LeaseLost || isOutage(error)) {
      await Promise.allSettled(others.map((other) => postponeJob(desk.db, other, 2, tellError(error))));
      throw putOff(job, error);
    }
    await splitReading(desk, job, { mailIds }, others);
  }
};

/** One mail by itself: after a shared reading failed, or because a person asked. */
export const readOneMail: JobRunner = async (desk, job) => {
  const order = job.payload as ReadingJob;
  try {
    await inRoom(await bytesOf(desk, order.mailIds), () => readAll(desk, job, order, []));
  } catch (error) {
    if (error instanceof LeaseLost || isOutage(error)) throw putOff(job, error);
    if (job.attempts < 2) throw error;
    await quarantine(desk, job, order, error as Error);
  }
};

const mostAbsorbed = 6;
/** More are not read in one command: all of them would be in memory at once. */
const mostSharedBytes = 8 * 1024 * 1024;
/** Of mails that are being read, over all workers of this process; each is held several times over meanwhile. */
const reading = createByteRoom(16 * 1024 * 1024);

/** Other readings that wait: many mails in one command cost far less than each in its own. */
async function absorbReadings(desk: Desk, job: ClaimedJob): Promise<ClaimedJob[]> {
  if (job.attempts > 1) return [];
  return claimJobs(desk.db, [job.kind], mostAbsorbed, desk.clock.fixed());
}

async function inRoom(bytes: number, work: () => Promise<void>): Promise<void> {
  const giveBack = await reading.take(bytes);
  await work().finally(giveBack);
}

async function bytesOf(desk: Desk, ids: number[]): Promise<number> {
  const row = await desk.db.one<{ bytes: number }>(
    sql`select coalesce(sum(size), 0)::bigint as bytes from mails where id = any(${ids}::bigint[])`,
  );
  return row.bytes;
}

async function readAll(desk: Desk, job: ClaimedJob, order: ReadingJob, others: ClaimedJob[]): Promise<void> {
  const mails = await listUnread(desk, order.mailIds);
  const letters = await Promise.all(mails.map((mail) => open(desk, mail, order)));
  const facts = await gatherFacts(
    desk.db,
    mails.map((mail, index) => ({ mail, letter: opened(letters[index]) })),
  );
  const judged = mails.map((mail, index) => judgeMail(desk, mail, letters[index] as Letter, facts, order));
  await storeFiles(desk, judged);
  const settle = async (cx: CommandContext) => {
    await settleAll(cx, judged, facts, order);
    for (const other of others) await finishJob(cx.tx, other);
  };
  await desk.run(system, settle, { job });
}

/** What a person lets in comes in, even if it cannot be taken apart. */
async function open(desk: Desk, mail: UnreadMail, order: ReadingJob): Promise<Letter> {
  const raw = mail.raw ?? (await readRawMail(desk, mail.id));
  const letter = await readLetter(raw);
  return 'refused' in letter && order.released ? readUnreadable(raw, mail.envelopeFrom) : letter;
}

const opened = (letter: Letter | undefined) => (letter && 'read' in letter ? letter.read : null);

type UnreadMail = MailRow & { raw: Buffer | null };

function listUnread(desk: Desk, ids: number[]): Promise<UnreadMail[]> {
  return desk.db.all(sql`
    select ${mailColumns}, raw from mails where id = any(${ids}::bigint[]) and fate = 'received' order by id`);
}

async function storeFiles(desk: Desk, judged: Judged[]): Promise<void> {
  for (const one of judged) {
    if (one.letter && !one.outcome) one.content = await storeParts(desk, one.letter, one.sender.trust);
  }
}

async function settleAll(
  cx: CommandContext,
  judged: Judged[],
  facts: BatchFacts,
  order: ReadingJob,
): Promise<void> {
  const outcomes: Outcome[] = [];
  const justRead = new Map<string, number[]>();
  for (const one of judged) {
    const outcome = one.outcome ?? (await settleMail(cx, one, facts, { ...order, justRead }));
    outcomes.push(outcome);
    const headerId = one.letter?.mail.messageId;
    if (headerId && outcome.ticketId && (outcome.fate === 'ticket' || outcome.fate === 'reply'))
      justRead.set(headerId, [...(justRead.get(headerId) ?? []), outcome.ticketId]);
  }
  await writeOutcomes(cx, outcomes);
}

/** An outage is nobody's fault and has no last try: the mail was acknowledged and must be read. */
function putOff(job: ClaimedJob, error: unknown): unknown {
  if (error instanceof LeaseLost) return error;
  return new RetryLater(Math.min(60, 2 ** Math.min(job.attempts, 6)), 'an outage', { cause: error });
}

/** The database or the disk went away, or refused for a reason that is not the mail's. */
function isOutage(error: unknown): boolean {
  const { code, syscall } = error as { code?: unknown; syscall?: unknown };
  // A file that is missing stays missing; a socket that is missing comes back.
  if (code === 'ENOENT') return syscall === 'connect';
  if (typeof code !== 'string')
    return /Connection terminated|timeout exceeded when trying to connect/.test(String(error));
  return /^(08|53|57|40|55)/.test(code) || /^E[A-Z]+$/.test(code);
}

async function splitReading(
  desk: Desk,
  job: ClaimedJob,
  order: ReadingJob,
  others: ClaimedJob[],
): Promise<void> {
  const split = async (cx: CommandContext) => {
    for (const id of order.mailIds) cx.enqueue({ kind: 'mail.read_one', payload: { mailIds: [id] } });
    for (const other of others) await finishJob(cx.tx, other);
  };
  await desk.run(system, split, { job });
}

async function quarantine(desk: Desk, job: ClaimedJob, order: ReadingJob, error: Error): Promise<void> {
  const detail = error.message.slice(0, 500);
  desk.log.error({ mails: order.mailIds, error }, 'a mail is quarantined');
  const hold = async (cx: CommandContext) => {
    const reason = 'failed';
    await writeOutcomes(
      cx,
      order.mailIds.map((mailId) => ({ mailId, fate: 'quarantined' as const, cause: reason, detail })),
    );
  };
  await desk.run(system, hold, { job });
}
