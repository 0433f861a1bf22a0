import { statfs } from 'node:fs/promises';
import { sql } from '../platform/db/database.ts';
import { isMigrated } from '../platform/db/migrate.ts';
import type { Desk } from '../platform/desk.ts';
import { findStall } from '../platform/events/find-stall.ts';

interface Finding {
  good: boolean;
  text: string;
}

/** Looks at the installation and says what is well and what needs a person; answers whether all is well. */
export async function examine(desk: Desk): Promise<boolean> {
  const findings = [
    await examineDatabase(desk),
    await examineDisk(desk),
    ...(await examineQueues(desk)),
    ...(await examineLog(desk)),
  ];
  for (const { good, text } of findings) process.stdout.write(`${good ? 'well   ' : 'LOOK   '} ${text}\n`);
  return findings.every((finding) => finding.good);
}

async function examineDatabase(desk: Desk): Promise<Finding> {
  const { version } = await desk.db.one<{ version: string }>(
    sql`select current_setting('server_version') as version`,
  );
  const good = await isMigrated(desk.db);
  return {
    good,
    text: `PostgreSQL ${version}; migrations ${good ? 'all applied' : 'missing: run "migrate"'}`,
  };
}

async function examineDisk(desk: Desk): Promise<Finding> {
  const disk = await statfs(desk.config.folder);
  const free = Math.round((disk.bavail * disk.bsize) / 2 ** 20);
  return { good: free > 1024, text: `${free} MB free where ${desk.config.folder} lies` };
}

async function examineQueues(desk: Desk): Promise<Finding[]> {
  const row = await desk.db.one<{ dead: number; due: number }>(sql`
    select count(*) filter (where state = 'dead') as dead,
      count(*) filter (where state = 'ready' and run_at < now()) as due
    from jobs`);
  return [
    {
      good: row.dead === 0,
      text: `${row.dead} dead letters${row.dead ? ': see Settings → Dead letters' : ''}`,
    },
    // A desk that was stopped has work waiting for its next start: nothing to worry about.
    { good: true, text: `${row.due} jobs due, to be worked when the desk runs` },
  ];
}

async function examineLog(desk: Desk): Promise<Finding[]> {
  const log = await desk.db.one<{ head: number; counted: number; unplaced: number }>(sql`
    select (select position from event_cursor) as head,
      (select count(*) from events where position is not null) as counted,
      (select count(*) from events where position is null) as unplaced`);
  const followers = await desk.db.all<Follower>(sql`
    select name, position, last_error, (select count(*) from set_aside_tickets where consumer = name) as set_aside
    from consumers order by name`);
  const stall = await findStall(desk.db);
  const held = stall && {
    good: false,
    text: `an event has waited ${stall.seconds} s for its place${stall.pid ? `: see the open transaction of server process ${stall.pid}` : ''}`,
  };
  return [
    ...(held ? [held] : []),
    {
      good: log.head === log.counted,
      text: `${log.head} events in order without a gap, ${log.unplaced} to be placed`,
    },
    ...followers.flatMap((one) => examineFollower(one, log.head)),
  ];
}

interface Follower {
  name: string;
  position: number;
  last_error: string | null;
  set_aside: number;
}

function examineFollower({ name, position, last_error, set_aside }: Follower, head: number): Finding[] {
  const follows = {
    good: last_error === null,
    text: `${name} follows ${head - position} events behind${last_error ? `: ${last_error}` : ''}`,
  };
  const aside = {
    good: false,
    text: `${name} goes on without ${set_aside} ${set_aside === 1 ? 'ticket' : 'tickets'}, set aside: see Settings → Dead letters`,
  };
  return set_aside > 0 ? [follows, aside] : [follows];
}
