import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Cast, openCast } from '../../../test/cast/company.ts';

let cast: Cast;
let color: number;
let lamp: number;
let stove: number;

beforeAll(async () => {
  cast = await openCast();
  const field = async (key: string, kind: string, options: string[] = []) => {
    const body = { key, title: key, kind, options: options.map((value) => ({ value, label: value })) };
    return (await cast.call(cast.ada, 'POST', '/ticket-fields', body)).body.id as number;
  };
  color = await field('color', 'select', ['deep red', 'blue']);
  await field('parts', 'multiselect', ['door', 'lid']);
  await field('order_no', 'text');
  await field('amount', 'decimal');
  await field('bought', 'date');
  await field('gift', 'checkbox');
  lamp = await cast.open({
    tags: ['c++', 'a:b', '100%'],
    fields: { color: 'deep red', parts: ['door', 'lid'], order_no: 'AB-17/2', amount: 20, gift: true },
  });
  stove = await cast.open({ ccs: [cast.noah], fields: { color: 'blue', amount: 5.5, bought: '2026-02-03' } });
});
afterAll(() => cast.desk.close());

async function found(query: string): Promise<number[]> {
  const { body } = await cast.call(cast.ada, 'GET', `/search?q=${encodeURIComponent(query)}`);
  return body.items
    .map((item: { ticket: { id: number } }) => item.ticket.id)
    .sort((a: number, b: number) => a - b);
}

it('finds tickets by one custom field, by its id and by its key', async () => {
  for (const [query, ids] of [
    [`custom_field_${color}:"deep red"`, [lamp]],
    ['custom_field_color:"deep red"', [lamp]],
    ['custom_field_color:blue custom_field_color:"deep red"', [lamp, stove]],
    ['-custom_field_color:blue', [lamp]],
    ['custom_field_parts:lid', [lamp]],
    ['custom_field_order_no:"17/2"', [lamp]],
    ['custom_field_amount>5.5', [lamp]],
    ['custom_field_amount<=20 custom_field_amount>=5', [lamp, stove]],
    ['custom_field_amount:20.0', [lamp]],
    ['custom_field_bought<2026-03-01', [stove]],
    ['custom_field_gift:true', [lamp]],
    ['custom_field_bought:none', [lamp]],
    ['custom_field_color:blue custom_field_amount:20', []],
    ['custom_field_999999:x', []],
    ['custom_field_amount:1e400', []],
  ] as const) {
    expect([query, await found(query)]).toEqual([query, ids]);
  }
});

it('finds tickets by any field’s value, by odd tags and by people in copy', async () => {
  for (const [query, ids] of [
    ['fieldvalue:door', [lamp]],
    ['fieldvalue:"DEEP RED"', [lamp]],
    ['tag:c++', [lamp]],
    ['tags:a:b', [lamp]],
    ['tag:"100%"', [lamp]],
    ['-tag:c++', [stove]],
    ['cc:Noah', [stove]],
  ] as const) {
    expect([query, await found(query)]).toEqual([query, ids]);
  }
});
