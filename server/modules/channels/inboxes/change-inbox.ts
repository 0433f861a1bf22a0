import type { CommandContext } from '../../../platform/command.ts';
import { join, sql } from '../../../platform/db/database.ts';
import { conflict, invalid, notFound } from '../../../platform/http/errors.ts';
import { listSchedules } from '../../schedules/index.ts';
import type { ChangeInbox, NewInbox } from '../contract.ts';
import { findInbox } from './inbox.ts';

/** @throws 422 when it is to go by hours that are not there, or not any more. */
export async function createInbox(cx: CommandContext, input: NewInbox): Promise<number> {
  await refuseUnknownHours(cx, input.scheduleId);
  const row = await cx.tx.one<{ id: number }>(sql`
    insert into inboxes (name, team_id, schedule_id, signature, language, default_priority, acknowledge, active,
      created_at, updated_at)
    values (${input.name}, ${input.teamId ?? null}, ${input.scheduleId ?? null}, ${input.signature ?? ''},
      ${input.language ?? null}, ${input.defaultPriority ?? null}, ${input.acknowledge ?? true},
      ${input.active ?? true}, ${cx.now}, ${cx.now})
    returning id`);
  await writeAddresses(cx, row.id, input.addresses);
  cx.record('inbox.created', null, { inboxId: row.id });
  return row.id;
}

export async function changeInbox(
  cx: CommandContext,
  input: { inboxId: number; change: ChangeInbox },
): Promise<void> {
  const { version, addresses, ...change } = input.change;
  const before = await findInbox(cx.tx, input.inboxId);
  if (!before) throw notFound('This inbox');
  if (version !== undefined && version !== before.version) {
    throw conflict('Somebody changed this inbox meanwhile.', { version: before.version });
  }
  if (change.scheduleId !== before.scheduleId) await refuseUnknownHours(cx, change.scheduleId);
  const after = { ...before, ...change };
  await cx.tx.write(sql`
    update inboxes set name = ${after.name}, team_id = ${after.teamId}, schedule_id = ${after.scheduleId},
      signature = ${after.signature}, language = ${after.language}, default_priority = ${after.defaultPriority},
      acknowledge = ${after.acknowledge}, active = ${after.active}, version = version + 1, updated_at = ${cx.now}
    where id = ${input.inboxId}`);
  if (addresses) await writeAddresses(cx, input.inboxId, addresses);
  const changed = [...Object.keys(change), ...(addresses ? ['addresses'] : [])];
  if (changed.length > 0) cx.record('inbox.changed', null, { inboxId: input.inboxId, changed });
}

async function refuseUnknownHours(cx: CommandContext, scheduleId: number | null | undefined): Promise<void> {
  if (scheduleId == null) return;
  const { items } = await listSchedules(cx.tx, { cursor: scheduleId - 1, limit: 1 });
  if (items[0]?.id !== scheduleId) throw invalid({ scheduleId: 'there are no such hours' });
}

async function writeAddresses(cx: CommandContext, inboxId: number, addresses: string[]): Promise<void> {
  const wanted = [...new Set(addresses.map((address) => address.toLowerCase()))];
  const taken = await cx.tx.maybe<{ address: string }>(sql`
    select address from inbox_addresses where address = any(${wanted}::text[]) and inbox_id <> ${inboxId} limit 1`);
  if (taken) throw invalid({ addresses: `${taken.address} belongs to another inbox` });
  await cx.tx.write(sql`delete from inbox_addresses where inbox_id = ${inboxId}`);
  const rows = wanted.map((address, index) => sql`(${address}, ${inboxId}, ${index}::int)`);
  await cx.tx.write(sql`insert into inbox_addresses (address, inbox_id, position) values ${join(rows)}`);
}
