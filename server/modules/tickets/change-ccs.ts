import type { CommandContext } from '../../platform/command.ts';
import { sql } from '../../platform/db/database.ts';
import { findOrCreateCustomer } from '../customers/index.ts';
import type { TicketRow } from './ticket-row.ts';

/** Replaces everybody in copy. Who comes in now sees nothing said before. Event: ticket.cc_changed. */
export async function changeCcs(
  cx: CommandContext,
  ticket: Pick<TicketRow, 'id' | 'requesterId'>,
  addresses: string[],
): Promise<boolean> {
  const wanted = (await customersAt(cx, addresses)).filter((id) => id !== ticket.requesterId);
  const changed = await cx.tx.one<{ added: number[]; removed: number[] }>(sql`
    with gone as (
      delete from ticket_ccs where ticket_id = ${ticket.id} and customer_id <> all(${wanted}::bigint[])
      returning customer_id
    ), came as (
      insert into ticket_ccs (ticket_id, customer_id, since)
      select ${ticket.id}, id, ${cx.now} from unnest(${wanted}::bigint[]) as wanted (id)
      on conflict do nothing returning customer_id
    )
    select (select coalesce(jsonb_agg(customer_id), '[]') from came) as added,
      (select coalesce(jsonb_agg(customer_id), '[]') from gone) as removed`);
  if (changed.added.length + changed.removed.length === 0) return false;
  cx.record('ticket.cc_changed', ticket.id, changed);
  return true;
}

/** The customers behind these addresses, made where they are new. */
export async function customersAt(cx: CommandContext, addresses: string[]): Promise<number[]> {
  const ids: number[] = [];
  // In one order everywhere, so that two commands creating the same people cannot deadlock.
  for (const value of [...new Set(addresses.map((address) => address.trim().toLowerCase()))].sort()) {
    ids.push((await findOrCreateCustomer(cx, { kind: 'email', value })).customerId);
  }
  return [...new Set(ids)];
}
