import { readConfig, StartRefused } from './platform/config.ts';
import { tellError, traceError } from './platform/describe-error.ts';
import { startDesk } from './start-desk.ts';

/** One process of Firstline. Ctrl-C or SIGTERM drains and stops it; a second one stops waiting. */
async function main(): Promise<void> {
  const running = await startDesk(readConfig(process.env));
  for (const line of running.doors) process.stdout.write(`${line}\n`);
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    process.stdout.write('Stopping: open requests and jobs are being finished.\n');
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`Stopped with an error: ${tellError(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

main().catch((error: Error & { code?: string }) => {
  const known =
    error instanceof StartRefused || error.name === 'EmbeddedFailure' || error.name === 'EmbeddedInUse';
  process.stderr.write(`${known ? error.message : traceError(error)}\n`);
  process.exit(1);
});
