import { recompute } from '../modules/metrics/index.ts';
import { migrate } from '../platform/db/migrate.ts';
import type { Desk } from '../platform/desk.ts';
import { backUp, restore } from './backup.ts';
import { examine } from './doctor.ts';
import { importHistories } from './import-histories.ts';
import { reprocess } from './reprocess.ts';

export interface CliCommand {
  /** What comes after the name, as the usage says it; `…` for one or more. */
  takes: string[];
  about: string;
  /** It may work while the desk runs. */
  beside: boolean;
  /** Answers whether all went well. */
  run(desk: Desk, words: string[]): Promise<boolean>;
}

export const commands: Record<string, CliCommand> = {
  backup: {
    takes: ['FOLDER'],
    about: 'write all of the desk into a folder, while it runs; again into the same one for less',
    beside: true,
    run: backUp,
  },
  doctor: {
    takes: [],
    about: 'look at the installation and say what needs a person',
    beside: true,
    run: examine,
  },
  import: {
    takes: ['history', 'FILE…'],
    about: 'take whole ticket histories, NDJSON, one a line; again changes nothing',
    beside: true,
    run: importHistories,
  },
  migrate: {
    takes: [],
    about: 'bring the database forward without starting the desk',
    beside: false,
    run: runMigrations,
  },
  recompute: {
    takes: [],
    about: 'compute every observation anew from the event log',
    beside: true,
    run: runRecompute,
  },
  reprocess: {
    takes: ['quarantined|ID…'],
    about: 'read held mails again, all that are in quarantine or by their numbers in the ledger',
    beside: true,
    run: reprocess,
  },
  restore: {
    takes: ['FOLDER'],
    about: 'bring a backup into an empty DATA_DIR (and database), then bring it forward',
    beside: false,
    run: restore,
  },
};

export function usage(): string {
  const lines = Object.entries(commands).map(([name, { takes, about }]) =>
    `  ${[name, ...takes].join(' ')}`.padEnd(30).concat(about),
  );
  return `npm run firstline -- COMMAND\n${lines.join('\n')}\n`;
}

/** The command that these words call, or in one line what is wrong with them. */
export function findCommand(words: string[]): { command: CliCommand; rest: string[] } | { wrong: string } {
  const [name, ...rest] = words;
  if (name === undefined) return { wrong: 'Which command?' };
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) return { wrong: `There is no command ${JSON.stringify(name)}.` };
  if (fits(command, rest)) return { command, rest };
  const given = rest.length > 0 ? JSON.stringify(rest.join(' ')) : 'nothing';
  return { wrong: `"${name}" takes ${command.takes.join(' ') || 'nothing more'}, and was given ${given}.` };
}

/** The words fit what the command takes: literal ones as they stand, and as many as it names. */
function fits({ takes }: CliCommand, words: string[]): boolean {
  const more = takes.at(-1)?.endsWith('…') ?? false;
  if (more ? words.length < takes.length : words.length !== takes.length) return false;
  return takes.every((wanted, n) => /^[a-z]+$/.test(wanted) === false || wanted === words[n]);
}

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
