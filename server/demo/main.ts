import { modules } from '../modules.ts';
import { steppedClock } from '../platform/clock.ts';
import { type Config, readConfig, StartRefused } from '../platform/config.ts';
import { type Connection, openDatabase } from '../platform/db/database.ts';
import { migrate } from '../platform/db/migrate.ts';
import { traceError } from '../platform/describe-error.ts';
import { openDesk } from '../platform/desk.ts';
import { startEmbedded } from '../platform/embedded/start-embedded.ts';
import { createLog } from '../platform/log.ts';
import { startDesk } from '../start-desk.ts';
import { addressOfAgent, listAgentParts } from './agents.ts';
import { quarterDays } from './arrivals.ts';
import { mailServer } from './company.ts';
import { isMade, markDemo } from './demo-mark.ts';
import { makeDemo } from './make-demo.ts';
import { showProgress } from './show-progress.ts';

const admin = { email: 'admin@lantern.example', password: 'a pot for two' };
const ticketsWanted = 400;

/** Lantern's desk: made once in a folder of its own, then an ordinary desk. Its mails stay in the outbox. */
async function main(): Promise<void> {
  const config = readConfig({
    DESK_TIME_ZONE: 'Europe/Minsk',
    LOG_LEVEL: 'warn',
    ...process.env,
    // What belongs to a real desk is not asked: neither its database, nor its relay, nor its admin.
    DATABASE_URL: undefined,
    SMTP_URL: undefined,
    MODE: 'all',
    FIRSTLINE_ADMIN_EMAIL: admin.email,
    FIRSTLINE_ADMIN_PASSWORD: admin.password,
    FIRSTLINE_API_TOKEN: undefined,
    FIRSTLINE_INBOX_ADDRESS: 'orders@by.lantern.example',
  });
  const embedded = await startEmbedded({ folder: `${config.folder}/postgres` });
  try {
    await makeOnce(config, embedded.connection);
    const running = await startDesk({ ...config, databaseUrl: urlOf(embedded.connection) });
    for (const line of [...running.doors, ...signInLines()]) process.stdout.write(`${line}\n`);
    await untilStopped();
    await running.stop();
  } finally {
    await embedded.stop();
  }
}

async function makeOnce(config: Config, connection: Connection): Promise<void> {
  const log = createLog(config.logLevel);
  const db = openDatabase(connection, (error) => log.warn({ error }, 'a connection broke'));
  try {
    await migrate(db);
    if (await isMade(db, config.folder)) return;
  } finally {
    await db.close();
  }
  const now = new Date(Math.floor(Date.now() / 1000) * 1000);
  const clock = steppedClock(new Date(now.getTime() - quarterDays * 86_400_000));
  // A demo that is interrupted is made anew, so its commits need not wait for the disk.
  const quick = { ...connection, options: '-c synchronous_commit=off' };
  const checked = { ...config, trustedAuthservId: mailServer };
  const desk = await openDesk({ config: checked, log, connection: quick, modules, clock });
  try {
    await markDemo(desk, 'begun');
    for (const module of modules) await module.prepare?.(desk);
    await makeDemo(desk, clock, {
      seed: Number(process.env.DEMO_SEED ?? 1),
      tickets: ticketsWanted,
      now,
      admin,
      progress: showProgress(process.stdout, ticketsWanted),
    });
    await markDemo(desk, 'made');
  } finally {
    await desk.close();
  }
}

/** The embedded database under one address, as `startDesk` takes it. */
function urlOf(connection: Awaited<ReturnType<typeof startEmbedded>>['connection']): string {
  const { host, port, user, database, password } = connection;
  const who = [user, ...(password ? [password] : [])].map(encodeURIComponent).join(':');
  return `postgresql://${who}@${encodeURIComponent(host)}:${port}/${database}`;
}

function signInLines(): string[] {
  const agent = listAgentParts()[0];
  return [
    '',
    'This is the demo: everybody in it is made up, and no mail leaves it.',
    `Sign in as:   ${admin.email}   (admin)`,
    ...(agent ? [`or as:        ${addressOfAgent(agent)}   (agent, Orders & delivery)`] : []),
    `Password:     ${admin.password}   (the same for all forty agents)`,
  ];
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    let stopping = false;
    const stop = () => {
      if (stopping) process.exit(1);
      stopping = true;
      process.stdout.write('Stopping: open requests and jobs are being finished.\n');
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}

main()
  .then(() => process.exit(0))
  .catch((error: Error) => {
    const known =
      error instanceof StartRefused || error.name === 'EmbeddedFailure' || error.name === 'EmbeddedInUse';
    process.stderr.write(`${known ? error.message : traceError(error)}\n`);
    process.exit(1);
  });
