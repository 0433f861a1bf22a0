import { explainStart } from '../explain-start.ts';
import { BackupRefused } from '../platform/backup/manifest.ts';
import { readConfig, StartRefused } from '../platform/config.ts';
import { traceError } from '../platform/describe-error.ts';
import { findCommand, usage } from './commands.ts';
import { withDesk } from './open-cli-desk.ts';

async function main(): Promise<void> {
  const found = findCommand(process.argv.slice(2));
  if ('wrong' in found) {
    process.stderr.write(`${found.wrong}\n\n${usage()}`);
    process.exitCode = 2;
    return;
  }
  const { command, rest } = found;
  const config = readConfig(process.env);
  const good = await withDesk(config, command.beside, (desk) => command.run(desk, rest)).catch((error) => {
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
