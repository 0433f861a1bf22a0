import { explainStart } from '../explain-start.ts';
import { BackupRefused } from '../platform/backup/manifest.ts';
import { readConfig, StartRefused } from '../platform/config.ts';
import { traceError } from '../platform/describe-error.ts';
import { commands, fits, usage } from './commands.ts';
import { withDesk } from './open-cli-desk.ts';

async function main(): Promise<void> {
  const [name, ...words] = process.argv.slice(2);
  const command = name === undefined ? undefined : commands[name];
  if (!command || !fits(command, words)) {
    process.stderr.write(usage());
    process.exitCode = 2;
    return;
  }
  const config = readConfig(process.env);
  const good = await withDesk(config, command.beside, (desk) => command.run(desk, words)).catch((error) => {
    throw explainStart(error, config);
  });
  process.exitCode = good ? 0 : 1;
}

main().catch((error: Error) => {
  const known =
    error instanceof StartRefused || error instanceof BackupRefused || error.name.startsWith('Embedded');
  process.stderr.write(`${known ? error.message : traceError(error)}\n`);
  process.exitCode = 1;
});
