import { expect, it } from 'vitest';
import { mailServer } from '../server/demo/company.ts';
import { languages } from '../server/demo/customers.ts';
import { makeDemo } from '../server/demo/make-demo.ts';
import { readStories } from '../server/demo/read-stories.ts';
import { modules } from '../server/modules.ts';
import { sql } from '../server/platform/db/database.ts';
import { brokenInvariants } from './crash/invariants.ts';
import { openTestDesk, type TestDesk } from './desk.ts';

const begins = '2026-06-01T09:00:00Z';
const now = new Date('2026-08-31T09:00:00Z');
const admin = { email: 'admin@lantern.example', password: 'a pot for two' };

async function openDemo(seed: number): Promise<TestDesk> {
  const desk = await openTestDesk({
    modules,
    at: begins,
    env: {
      FIRSTLINE_ADMIN_EMAIL: admin.email,
      FIRSTLINE_ADMIN_PASSWORD: admin.password,
      FIRSTLINE_INBOX_ADDRESS: 'orders@by.lantern.example',
      SMTP_URL: '',
      TRUSTED_AUTHSERV_ID: mailServer,
    },
  });
  await makeDemo(desk, desk.clock, { seed, tickets: 12, now, admin, progress: () => undefined });
  return desk;
}

/** Everything that was said, in order; ids and texts tell whether two demos are one. */
const listSaid = (desk: TestDesk) =>
  desk.db.all<{ subject: string; text: string; at: Date }>(sql`
    select t.subject, m.text, m.created_at as at from messages m join tickets t on t.id = m.ticket_id order by m.id`);

const count = async (desk: TestDesk, query: ReturnType<typeof sql>) =>
  (await desk.db.one<{ n: number }>(query)).n;

it('each language has at least twelve stories of several messages', () => {
  for (const language of languages) {
    const long = readStories(language).filter(({ steps }) => steps.length >= 3);
    expect(long.length).toBeGreaterThanOrEqual(12);
  }
});

it('makes a desk through its own commands: nothing broken, nothing sent, the same for the same seed', async () => {
  const desk = await openDemo(7);
  try {
    expect(await brokenInvariants(desk.db)).toEqual([]);
    expect(await count(desk, sql`select count(*)::int as n from tickets`)).toBeGreaterThanOrEqual(12);
    expect(
      await count(desk, sql`select count(*)::int as n from mails where fate = 'ticket'`),
    ).toBeGreaterThan(0);
    expect(await count(desk, sql`select count(*)::int as n from mails where fate = 'received'`)).toBe(0);
    expect(await count(desk, sql`select count(*)::int as n from mails where fate = 'reply'`)).toBeGreaterThan(
      0,
    );
    expect(await count(desk, sql`select count(*)::int as n from mails where trust <> 'pass'`)).toBe(0);
    expect(await count(desk, sql`select count(*)::int as n from mails where cause = 'set_apart'`)).toBe(0);
    expect(
      await count(
        desk,
        sql`select count(*)::int as n from outgoing_mails where state not in ('kept', 'waiting')`,
      ),
    ).toBe(0);
    expect(await count(desk, sql`select count(*)::int as n from jobs where state = 'dead'`)).toBe(0);
    expect(await count(desk, sql`select count(*)::int as n from events where at > ${now}`)).toBe(0);
    expect(await count(desk, sql`select count(*)::int as n from observations`)).toBeGreaterThan(0);
    expect(await count(desk, sql`select count(*)::int as n from staff where role <> 'admin'`)).toBe(40);
    const again = await openDemo(7);
    try {
      expect(await listSaid(again)).toEqual(await listSaid(desk));
    } finally {
      await again.close();
    }
  } finally {
    await desk.close();
  }
}, 120_000);
