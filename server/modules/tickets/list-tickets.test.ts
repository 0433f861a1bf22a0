import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Cast, openCast } from '../../../test/cast/company.ts';
import { sql } from '../../platform/db/database.ts';
import { viewShape } from './contract.ts';

let cast: Cast;
beforeAll(async () => {
  cast = await openCast();
  const { requester, ben, billing, support } = { requester: cast.mia, ...cast };
  // Many at one instant, with fractions finer than a millisecond; every state, wait and promise among them.
  await cast.desk.db.write(sql`
    insert into tickets (subject, status, requester_id, channel, assignee_id, team_id, tags, created_at, updated_at,
      waiting_since, solved_at, spam_at, deleted_at)
    select 'n ' || n, (array['new','open','pending','on_hold','solved','closed'])[1 + n % 6], ${requester}::bigint, 'email',
      case when n % 3 = 0 then ${ben}::bigint end, (array[null, ${billing}::bigint, ${support}::bigint])[1 + n % 3 % 3 + 0 * n],
      case when n % 5 = 0 then '{five}'::text[] else '{}' end,
      at, at, case when n % 6 < 4 and n % 2 = 0 then at end, 
      case when n % 6 >= 4 then at end, case when n % 41 = 0 then at end, case when n % 43 = 0 then at end
    from (select n, timestamptz '2026-03-02 08:00:00.000123Z' + interval '1 second' * (n / 40) as at
      from generate_series(1, 240) as n) as made`);
  await cast.desk.db.write(sql`
    insert into ticket_deadlines (ticket_id, due_at, due_target, breached)
    select id, created_at + interval '30 minutes' * (n % 7), 'resolution', false
    from (select *, substr(subject, 3)::int as n from tickets where subject ~ '^n \\d+$') as made where n % 4 = 0`);
});
afterAll(() => cast.desk.close());

async function readAll(who: number, query: string): Promise<number[]> {
  const ids: number[] = [];
  let cursor: string | null = null;
  do {
    const page = await cast.call(who, 'GET', `/tickets?limit=7&${query}${cursor ? `&cursor=${cursor}` : ''}`);
    expect(page.status).toBe(200);
    ids.push(...page.body.items.map((ticket: { id: number }) => ticket.id));
    cursor = page.body.nextCursor;
  } while (cursor);
  return ids;
}

it.each(['due', 'updated', 'created', 'waiting', 'solved'])(
  'pages by %s without skipping or repeating',
  async (sort) => {
    const ids = await readAll(cast.ben, `view=all&sort=${sort}`);
    expect(new Set(ids).size).toBe(ids.length);
    const { count } = await cast.desk.db.one<{ count: number }>(
      sql`select count(*) as count from tickets where shown`,
    );
    expect(ids).toHaveLength(count);
  },
);

it('orders promises soonest first, and those without one last', async () => {
  const { body } = await cast.call(cast.ben, 'GET', '/tickets?view=open&sort=due&limit=100');
  const dues: (string | null)[] = body.items.map((ticket: { dueAt: string | null }) => ticket.dueAt);
  const kept = dues.filter((due) => due !== null);
  expect(kept.length).toBeGreaterThan(5);
  expect(dues).toEqual([...kept.toSorted(), ...dues.slice(kept.length).map(() => null)]);
});

it.each(['ben', 'cleo', 'ada', 'mia'] as const)(
  'counts of %s equal what the lists hold, for every view',
  async (name) => {
    const counts = (await cast.call(cast[name], 'GET', '/views')).body;
    for (const view of viewShape.options) {
      expect([view, (await readAll(cast[name], `view=${view}`)).length]).toEqual([view, counts[view]]);
    }
  },
);

it('filters, alone and together', async () => {
  const all = await readAll(cast.ben, 'view=all');
  const solved = await readAll(cast.ben, 'view=all&status=solved');
  const both = await readAll(cast.ben, 'view=all&status=solved&status=closed');
  expect(solved.length).toBeLessThan(both.length);
  expect(both.length).toBeLessThan(all.length);
  expect(await readAll(cast.ben, `view=all&tag=FIVE&assignee=${cast.ben}&channel=email`)).not.toHaveLength(0);
  expect(await readAll(cast.ben, 'view=all&priority=urgent')).toEqual([]);
});

it('refuses what is no view, no sort, no cursor of this list', async () => {
  const { body } = await cast.call(cast.ben, 'GET', '/tickets?view=all&limit=5&sort=created');
  const forged = Buffer.from(JSON.stringify(['updated', "2026-01-01'; drop table tickets; --", 1])).toString(
    'base64url',
  );
  const wrong = [
    'view=nope',
    'sort=subject',
    'limit=101',
    'cursor=abc',
    `cursor=${forged}`,
    `sort=due&cursor=${body.nextCursor}`,
    'x=1',
  ];
  for (const query of wrong)
    expect([query, (await cast.call(cast.ben, 'GET', `/tickets?${query}`)).status]).toEqual([query, 400]);
});
