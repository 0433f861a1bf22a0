import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { access, mailLinks } from '../auth/index.ts';

/** Sets a hash made before the transaction began; ends links on their way and every session but the one that asked. */
export async function changePassword(
  cx: CommandContext,
  { staffId, passwordHash, except = null }: { staffId: number; passwordHash: string; except?: string | null },
): Promise<void> {
  await cx.tx.write(sql`
    update staff set password_hash = ${passwordHash}, version = version + 1, updated_at = ${cx.now} where id = ${staffId}`);
  cx.record('staff.password_changed', null, { staffId });
  await mailLinks.void(cx, { staffId });
  await access.endSessions(cx, { staffId }, 'password_changed', except);
}

/** A password by a link from the mail: the link is used up in the same transaction. */
export async function choosePassword(
  cx: CommandContext,
  { token, passwordHash }: { token: string; passwordHash: string },
): Promise<void> {
  const { staffId } = await mailLinks.consume(cx, 'staff_password', token);
  if (staffId === null) throw new Error('a password link without a staff member');
  await changePassword(cx.as({ kind: 'agent', id: staffId }), { staffId, passwordHash });
}
