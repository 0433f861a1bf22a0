import { type FileHandle, open } from 'node:fs/promises';
import { ticketCare } from '../modules/tickets/index.ts';
import { StartRefused } from '../platform/config.ts';
import type { Desk } from '../platform/desk.ts';
import { system } from '../platform/events/event-map.ts';

const linesAtOnce = 1000;

/** Each line's fate is counted, and each refusal printed with its file and line. */
export async function importHistories(desk: Desk, [, ...files]: string[]): Promise<boolean> {
  const counts: Record<string, number> = { created: 0, extended: 0, unchanged: 0, refused: 0 };
  for (const file of files) {
    let lines: string[] = [];
    let first = 1;
    const flush = async () => {
      const fates = await ticketCare.importHistory(desk, system, `${lines.join('\n')}\n`);
      for (const { line, fate, error } of fates) {
        counts[fate] = (counts[fate] ?? 0) + 1;
        if (error)
          process.stdout.write(
            `${file}:${first + line - 1} ${error.message} ${JSON.stringify(error.fields)}\n`,
          );
      }
      first += lines.length;
      lines = [];
    };
    const handle = await openToRead(file);
    for await (const line of handle.readLines()) {
      lines.push(line);
      if (lines.length === linesAtOnce) await flush();
    }
    if (lines.length > 0) await flush();
  }
  const said = Object.entries(counts).map(([fate, count]) => `${count} ${fate}`);
  process.stdout.write(`${said.join(', ')}\n`);
  return counts.refused === 0;
}

async function openToRead(file: string): Promise<FileHandle> {
  try {
    return await open(file);
  } catch (error) {
    throw new StartRefused(`${file} cannot be read: ${(error as Error).message}`);
  }
}
