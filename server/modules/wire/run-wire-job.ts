import { z } from 'zod';
import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import type { Desk } from '../../platform/desk.ts';
import { HttpError } from '../../platform/http/errors.ts';
import { actorOf, type StaffPrincipal } from '../../platform/http/principal.ts';
import type { JobRunner } from '../../platform/jobs/job.ts';
import { getStaff } from '../staff/index.ts';
import { inWireWords } from './vocabulary.ts';
import { findJob, type JobRow } from './wire-jobs.ts';
import { works } from './works.ts';

const payload = z.object({ id: z.string() });

/** One command an item: a refused item is a failed result, and the others go on. */
export const runWireJob: JobRunner = async (desk, job) => {
  const { id } = payload.parse(job.payload);
  for (;;) {
    const row = await findJob(desk.db, id);
    if (!row || row.status === 'completed' || row.status === 'failed') return;
    await runItem(desk, row);
  }
};

async function runItem(desk: Desk, row: JobRow): Promise<void> {
  const at = row.progress;
  const work = works[row.work];
  const failed = (error: string, details: string) => ({
    index: at,
    status: 'Failed',
    success: false,
    error,
    details,
  });
  try {
    await desk.run(actorOf(row.asked_by), async (cx) => {
      if (!(await isTurn(cx, row.id, at))) return;
      const who = await askerNow(cx, row);
      const result = work ? await work(cx, who, row.items[at]) : failed('UnknownJob', row.work);
      await advance(cx, row, { index: at, ...result });
    });
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    const result = failed(error.status === 404 ? 'RecordNotFound' : 'RecordInvalid', explain(error));
    await desk.run(actorOf(row.asked_by), async (cx) => {
      if (await isTurn(cx, row.id, at)) await advance(cx, row, result);
    });
  }
}

/** The item's effect and its being done are one commit, so a second try begins with the next item. */
async function isTurn(cx: CommandContext, id: string, at: number): Promise<boolean> {
  const row = await cx.tx.maybe<{ progress: number }>(
    sql`select progress from wire_jobs where id = ${id} for update`,
  );
  return row?.progress === at;
}

/** With the rights of this moment: a role taken away ends what was asked for with it. */
async function askerNow(cx: CommandContext, row: JobRow): Promise<StaffPrincipal> {
  const { active, role, ticketScope, teamIds } = await getStaff(cx.tx, row.asked_by.id);
  if (!active) throw new HttpError(403, 'forbidden', 'Whoever asked for this is no longer on the staff.');
  return { ...row.asked_by, role, ticketScope, teamIds };
}

/** What was given is not kept longer than it is needed: it names people. */
async function advance(cx: CommandContext, row: JobRow, result: object): Promise<void> {
  await cx.tx.write(sql`
    update wire_jobs set progress = progress + 1, results = results || ${JSON.stringify([result])}::jsonb,
      status = case when progress + 1 >= total then 'completed' else 'working' end,
      items = case when progress + 1 >= total then '[]' else items end, updated_at = ${cx.now}
    where id = ${row.id}`);
}

function explain(error: HttpError): string {
  const fields = Object.entries(inWireWords(error).fields ?? {}).map(([field, text]) => `${field}: ${text}`);
  return fields.join('; ') || error.message;
}
