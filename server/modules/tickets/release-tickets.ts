import { z } from 'zod';
import type { CommandContext, NowReaction } from '../../platform/command.ts';
import { type Sql, sql } from '../../platform/db/database.ts';
import { isEvent, system } from '../../platform/events/event-map.ts';
import type { JobRunner } from '../../platform/jobs/job.ts';
import { getStaff } from '../staff/index.ts';
import { nextVersion } from './next-version.ts';
import { isTeamMember, teamExists } from './people.ts';

export const releaseKind = 'tickets.release';

const id = z.int().positive();
const left = z.discriminatedUnion('cause', [
  z.object({ cause: z.literal('staff_disabled'), staffId: id }),
  z.object({ cause: z.literal('team_left'), staffId: id, teamId: id }),
  z.object({ cause: z.literal('team_deleted'), teamId: id }),
]);
type Left = z.infer<typeof left>;

/** Short transactions, however much somebody leaves behind. */
const chunk = 100;

/** Work stays with nobody who cannot do it: a job gives it back. */
const releaseWork: NowReaction = async (cx, event) => {
  const payload = readLeft(event);
  if (payload) cx.enqueue({ kind: releaseKind, payload });
};

export const releaseReactions = {
  'staff.disabled': releaseWork,
  'team.member_removed': releaseWork,
  'team.deleted': releaseWork,
};

function readLeft(event: Parameters<NowReaction>[1]): Left | null {
  if (isEvent(event, 'staff.disabled')) return { cause: 'staff_disabled', staffId: event.data.staffId };
  if (isEvent(event, 'team.member_removed')) return { cause: 'team_left', ...event.data };
  return isEvent(event, 'team.deleted') ? { cause: 'team_deleted', ...event.data } : null;
}

export const runRelease: JobRunner = async (desk, job) => {
  const payload = left.parse(job.payload);
  const release = (cx: CommandContext) => releaseTickets(cx, payload);
  while ((await desk.run(system, release, { causedBy: job.causedBy })) === chunk);
};

/**
 * Gives back some of the unsolved tickets of somebody who was disabled, to nobody, of one who left a team, to that
 * team, or of a team that was deleted, to no team. Answers how many. Who came back meanwhile keeps theirs. Events:
 * ticket.assigned or ticket.team_changed, with the cause.
 */
async function releaseTickets(cx: CommandContext, from: Left): Promise<number> {
  if (await isBack(cx, from)) return 0;
  const { cause } = from;
  if (cause === 'team_deleted') {
    const ids = await lockSome(cx, sql`team_id = ${from.teamId}`);
    await cx.tx.write(
      sql`update tickets set team_id = null, ${nextVersion(cx)} where id = any(${ids}::bigint[])`,
    );
    for (const one of ids) cx.record('ticket.team_changed', one, { from: from.teamId, to: null, cause });
    return ids.length;
  }
  const ofTeam = cause === 'team_left' ? sql`and team_id = ${from.teamId}` : sql``;
  const ids = await lockSome(cx, sql`assignee_id = ${from.staffId} ${ofTeam}`);
  await cx.tx.write(
    sql`update tickets set assignee_id = null, ${nextVersion(cx)} where id = any(${ids}::bigint[])`,
  );
  for (const one of ids) {
    cx.record('ticket.assigned', one, { from: from.staffId, to: null, by: 'routing', cause });
  }
  return ids.length;
}

async function isBack(cx: CommandContext, from: Left): Promise<boolean> {
  if (from.cause === 'team_deleted') return teamExists(cx.tx, from.teamId);
  if (from.cause === 'staff_disabled') return (await getStaff(cx.tx, from.staffId)).active;
  return isTeamMember(cx.tx, from.teamId, from.staffId);
}

async function lockSome(cx: CommandContext, condition: Sql): Promise<number[]> {
  const rows = await cx.tx.all<{ id: number }>(sql`
    select id from tickets where unsolved and ${condition} order by id limit ${chunk} for no key update`);
  return rows.map((row) => row.id);
}
