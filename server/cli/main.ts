import { recompute } from '../modules/metrics/index.ts';
import { readConfig, StartRefused } from '../platform/config.ts';
import { migrate } from '../platform/db/migrate.ts';
import type { Desk } from '../platform/desk.ts';
import { examine } from './doctor.ts';
import { withDesk } from './open-cli-desk.ts';

type CliCommand = (desk: Desk) => Promise<boolean>;

const commands: Record<string, { about: string; run: CliCommand }> = {
  doctor: { about: 'look at the installation and say what needs a person', run: examine },
  migrate: { about: 'bring the database forward without starting the desk', run: runMigrations },
  recompute: { about: 'compute every observation anew from the event log', run: runRecompute },
};

async function runMigrations(desk: Desk): Promise<boolean> {
  const applied = await migrate(desk.db);
  process.stdout.write(applied.length ? `Applied ${applied.join(', ')}\n` : 'Nothing to apply.\n');
  return true;
}

async function runRecompute(desk: Desk): Promise<boolean> {
  await migrate(desk.db);
  process.stdout.write(`${JSON.stringify(await recompute(desk.db))}\n`);
  return true;
}

async function main(): Promise<void> {
  const [name, ...rest] = process.argv.slice(2);
  const command = name === undefined ? undefined : commands[name];
  if (!command || rest.length > 0) {
    const lines = Object.entries(commands).map(([key, { about }]) => `  ${key.padEnd(10)} ${about}`);
    process.stderr.write(`npm run firstline -- COMMAND\n${lines.join('\n')}\n`);
    process.exitCode = 2;
    return;
  }
  const good = await withDesk(readConfig(process.env), command.run);
  process.exitCode = good ? 0 : 1;
}

main().catch((error: Error) => {
  const known = error instanceof StartRefused || error.name.startsWith('Embedded');
  process.stderr.write(`${known ? error.message : (error.stack ?? String(error))}\n`);
  process.exitCode = 1;
});
