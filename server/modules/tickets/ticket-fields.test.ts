import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Cast, openCast } from '../../../test/cast/company.ts';

let cast: Cast;
const choices = [
  { value: 'a', label: 'A' },
  { value: 'b', label: 'B' },
];
const kinds: [kind: string, good: unknown[], bad: unknown[]][] = [
  ['text', ['x', ''], [1, 'x'.repeat(1001), 'a\u0000']],
  ['textarea', ['x\ny'], [true]],
  ['checkbox', [true, false], ['true', 1]],
  ['date', ['2026-02-28'], ['2026-02-30', '28.02.2026', 5]],
  ['integer', [5, -1], [1.5, '5']],
  ['decimal', [1.5, 2], ['1.5']],
  ['select', ['a'], ['c', ['a']]],
  ['multiselect', [['a', 'b'], []], ['a', ['c'], ['a', 'a']]],
];
const wordless = (kind: string) => !kind.startsWith('text');

beforeAll(async () => {
  cast = await openCast();
  for (const [kind] of kinds) {
    const options = kind.endsWith('select') ? { options: choices } : {};
    const made = await cast.call(cast.ada, 'POST', '/ticket-fields', {
      key: `f_${kind}`,
      title: kind,
      kind,
      ...options,
    });
    expect(made.status).toBe(201);
  }
});
afterAll(() => cast.desk.close());

it.each(kinds)('a %s takes its values, and says why it takes no others', async (kind, good, bad) => {
  const id = await cast.open();
  const key = `f_${kind}`;
  for (const value of bad) {
    const refused = await cast.call(cast.ben, 'PATCH', `/tickets/${id}`, { fields: { [key]: value } });
    expect([value, refused.status]).toEqual([value, 422]);
    expect(refused.body.error.fields).toHaveProperty([`fields.${key}`]);
  }
  for (const value of good) {
    const events = await cast.during(() =>
      cast.call(cast.ben, 'PATCH', `/tickets/${id}`, { fields: { [key]: value } }),
    );
    expect(events.map((event) => event.type)).toEqual(['ticket.field_changed']);
    expect(Object.keys(Object(events[0]?.data)).includes('to')).toBe(wordless(kind));
    expect((await cast.call(cast.ben, 'GET', `/tickets/${id}`)).body.fields).toEqual({ [key]: value });
  }
  await cast.call(cast.ben, 'PATCH', `/tickets/${id}`, { fields: { [key]: null } });
  expect((await cast.call(cast.ben, 'GET', `/tickets/${id}`)).body.fields).toEqual({});
});

it('are the admin’s to make, and keep their key', async () => {
  const body = { key: 'f_text', title: 'T', kind: 'text' };
  expect((await cast.call(cast.ben, 'POST', '/ticket-fields', body)).status).toBe(403);
  expect((await cast.call(cast.ada, 'POST', '/ticket-fields', body)).status).toBe(409);
  expect(
    (await cast.call(cast.ada, 'POST', '/ticket-fields', { ...body, key: 's', kind: 'select' })).status,
  ).toBe(422);
  const { items } = (await cast.call(cast.ben, 'GET', '/ticket-fields')).body;
  const field = items.find((one: { key: string }) => one.key === 'f_decimal');
  expect((await cast.call(cast.ada, 'PATCH', `/ticket-fields/${field.id}`, { kind: 'text' })).status).toBe(
    422,
  );
  const events = await cast.during(() =>
    cast.call(cast.ada, 'PATCH', `/ticket-fields/${field.id}`, { active: false }),
  );
  expect(events).toMatchObject([
    { type: 'ticket_field.changed', data: { fieldId: field.id, fields: ['active'] } },
  ]);
  const id = await cast.open();
  expect((await cast.call(cast.ben, 'PATCH', `/tickets/${id}`, { fields: { f_decimal: 1 } })).status).toBe(
    422,
  );
  expect((await cast.call(cast.ben, 'PATCH', `/tickets/${id}`, { fields: { nothing: 1 } })).status).toBe(422);
  await expect(cast.open({ fields: { nothing: 1 } })).rejects.toMatchObject({ status: 422 });
});
