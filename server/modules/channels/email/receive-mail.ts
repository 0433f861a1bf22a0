import { createHash } from 'node:crypto';
import { join, sql } from '../../../platform/db/database.ts';
import type { Desk } from '../../../platform/desk.ts';
import { failpoint } from '../../../platform/failpoint.ts';
import { jobsFrom } from '../../../platform/jobs/insert-jobs.ts';

/** One mail for one inbox, as the door took it. */
export interface Delivery {
  inboxId: number;
  envelopeFrom: string;
  envelopeTo: string;
  remote: string;
  raw: Buffer;
}

export interface Receiver {
  /** Resolves when the mails and the job that reads them are committed; only then may they be acknowledged. */
  receive(deliveries: Delivery[]): Promise<void>;
}

interface Waiting {
  deliveries: Delivery[];
  done(): void;
  failed(error: Error): void;
}

const groupSize = 16;
const groupBytes = 4 * 1024 * 1024;
/** Reading begins so long after a mail was taken: the next senders are answered first, and many are read at once. */
const readingMilliseconds = 40;

/** Mails that arrive while a commit is under way share the next one: one fsync for many senders. */
export function createReceiver(desk: Desk): Receiver {
  const queue: Waiting[] = [];
  let writing = 0;
  let waking = false;

  function pump(): void {
    while (writing < 2 && queue.length > 0) {
      writing += 1;
      void writeGroup(desk, takeGroup(queue)).finally(() => {
        writing -= 1;
        wakeReaders();
        pump();
      });
    }
  }

  function wakeReaders(): void {
    if (waking) return;
    waking = true;
    setTimeout(() => {
      waking = false;
      desk.signals.tell('jobs');
    }, readingMilliseconds).unref();
  }

  return {
    receive: (deliveries) =>
      new Promise<void>((resolve, reject) => {
        queue.push({ deliveries, done: resolve, failed: reject });
        pump();
      }),
  };
}

function takeGroup(queue: Waiting[]): Waiting[] {
  let bytes = 0;
  let count = 0;
  for (const one of queue) {
    bytes += one.deliveries.reduce((sum, delivery) => sum + delivery.raw.length, 0);
    if (count > 0 && (count >= groupSize || bytes > groupBytes)) break;
    count += 1;
  }
  return queue.splice(0, count);
}

async function writeGroup(desk: Desk, group: Waiting[]): Promise<void> {
  try {
    await storeDeliveries(
      desk,
      group.flatMap((one) => one.deliveries),
    );
    for (const one of group) one.done();
  } catch (error) {
    for (const one of group) one.failed(error as Error);
  }
}

/** Raw bytes, envelopes and the reading job in one statement, which is one transaction. */
export async function storeDeliveries(desk: Desk, deliveries: Delivery[]): Promise<number[]> {
  const at = desk.clock.fixed();
  const rows = deliveries.map(
    (one) => sql`(coalesce(${at}::timestamptz, now()), ${one.envelopeFrom}, ${one.envelopeTo}, ${one.remote},
      ${one.raw.length}::int, ${createHash('sha256').update(one.raw).digest()}::bytea, ${one.raw}::bytea,
      ${one.inboxId}::bigint)`,
  );
  failpoint('mail.received');
  const row = await desk.db.one<{ ids: number[] }>(sql`
    with mail as (
      insert into mails (received_at, envelope_from, envelope_to, remote, size, sha256, raw, inbox_id)
      values ${join(rows)} returning id
    ), job as (
      ${jobsFrom(sql`select 'mail.read', jsonb_build_object('mailIds', jsonb_agg(id order by id)),
        coalesce(${at}::timestamptz, now()) from mail`)}
    )
    select jsonb_agg(id order by id) as ids from mail`);
  failpoint('mail.acknowledged');
  return row.ids;
}
