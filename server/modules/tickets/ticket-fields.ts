import type { z } from 'zod';
import type { CommandContext } from '../../platform/command.ts';
import { type Queryable, sql } from '../../platform/db/database.ts';
import { conflict, notFound } from '../../platform/http/errors.ts';
import type { changeTicketFieldBody, newTicketFieldBody, TicketField } from './contract.ts';

const columns = sql`id, key, title, kind, options, position, active`;

/** In the order they are shown in; the retired ones too, since old tickets hold their values. */
export async function listTicketFields(db: Queryable): Promise<TicketField[]> {
  return db.all<TicketField>(sql`select ${columns} from ticket_fields order by position, id`);
}

/** Event: ticket_field.created. */
export async function createTicketField(
  cx: CommandContext,
  input: z.output<typeof newTicketFieldBody>,
): Promise<TicketField> {
  const field = await cx.tx.maybe<TicketField>(sql`
    insert into ticket_fields (key, title, kind, options, position, created_at, updated_at)
    values (${input.key}, ${input.title}, ${input.kind}, ${JSON.stringify(input.options)}::jsonb,
      ${input.position}, ${cx.now}, ${cx.now})
    on conflict (key) do nothing returning ${columns}`);
  if (!field) throw conflict('There is a ticket field with this key already.');
  cx.record('ticket_field.created', null, { fieldId: field.id, kind: field.kind });
  return field;
}

/** Key and kind stay for ever: values and figures were made with them. Event: ticket_field.changed. */
export async function changeTicketField(
  cx: CommandContext,
  id: number,
  change: z.output<typeof changeTicketFieldBody>,
): Promise<TicketField> {
  const before = await cx.tx.maybe<TicketField>(
    sql`select ${columns} from ticket_fields where id = ${id} for update`,
  );
  if (!before) throw notFound('This ticket field');
  const after = { ...before, ...change };
  const fields = (['title', 'options', 'position', 'active'] as const).filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
  if (fields.length === 0) return before;
  await cx.tx.write(sql`
    update ticket_fields set title = ${after.title}, options = ${JSON.stringify(after.options)}::jsonb,
      position = ${after.position}, active = ${after.active}, version = version + 1, updated_at = ${cx.now}
    where id = ${id}`);
  cx.record('ticket_field.changed', null, { fieldId: id, fields });
  return after;
}
