import path from 'node:path';
import { mailCare } from '../modules/channels/index.ts';
import { restoreBackup } from '../platform/backup/read-backup.ts';
import { writeBackup } from '../platform/backup/write-backup.ts';
import type { Desk } from '../platform/desk.ts';
import { system } from '../platform/events/event-map.ts';

const filesOf = ({ config }: Desk): string => path.join(config.folder, 'files');

export async function backUp(desk: Desk, [target = '']: string[]): Promise<boolean> {
  const { tables, rows, files, copied } = await writeBackup(
    desk.connection,
    filesOf(desk),
    path.resolve(target),
  );
  process.stdout.write(
    `Backed up ${rows} rows of ${tables} tables and ${files} files (${copied} of them new) into ${path.resolve(target)}\n`,
  );
  return true;
}

export async function restore(desk: Desk, [source = '']: string[]): Promise<boolean> {
  const report = await restoreBackup(desk.db, desk.connection, filesOf(desk), path.resolve(source));
  const held = await desk.run(system, mailCare.holdOutgoing);
  if (held > 0)
    process.stdout.write(
      `${held} mails that were about to go are held in the outbox: they may have gone before.\n`,
    );
  process.stdout.write(
    `Restored ${report.rows} rows and ${report.files} files of ${report.madeAt}; ${
      report.migrated.length ? `brought forward by ${report.migrated.join(', ')}` : 'nothing to bring forward'
    }\n`,
  );
  return true;
}
