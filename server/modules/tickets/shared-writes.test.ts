import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Cast, openCast } from '../../../test/cast/company.ts';
import { brokenInvariants } from '../../../test/crash/invariants.ts';
import { sql } from '../../platform/db/database.ts';

let cast: Cast;
beforeAll(async () => {
  cast = await openCast();
});
afterAll(() => cast.desk.close());

const write = (who: number, ticketId: number, body: object) =>
  cast.call(who, 'POST', `/tickets/${ticketId}/messages`, body);

it('many who write at once, some of whom are refused, are each heard exactly once', async () => {
  await cast.call(cast.ada, 'POST', '/inboxes', { name: 'Support', addresses: ['support@desk.example'] });
  const open = await Promise.all(Array.from({ length: 12 }, () => cast.open()));
  const closed = await cast.open();
  await cast.desk.db.write(sql`update tickets set status = 'closed' where id = ${closed}`);
  const elsewhere = await cast.open({ teamId: cast.support });
  const asked = Array.from({ length: 120 }, (_, n) => {
    if (n % 10 === 3) return { who: cast.ben, ticketId: closed, answer: 409 };
    if (n % 10 === 7) return { who: cast.ben, ticketId: 999_999, answer: 404 };
    if (n % 30 === 11) return { who: cast.cleo, ticketId: elsewhere, answer: 404 };
    return { who: n % 4 === 0 ? cast.mia : cast.ben, ticketId: open[n % 12] as number, answer: 201 };
  });
  const answers = await Promise.all(
    asked.map(({ who, ticketId }, n) => write(who, ticketId, { text: `words ${n}` })),
  );
  expect(answers.map(({ status }) => status)).toEqual(asked.map(({ answer }) => answer));
  const heard = asked.flatMap((one, n) => (one.answer === 201 ? [{ ...one, text: `words ${n}` }] : []));
  for (const [n, { body }] of answers.entries()) {
    if (asked[n]?.answer === 201)
      expect(body.message).toMatchObject({ text: `words ${n}`, ticketId: asked[n].ticketId });
  }
  const stored = await cast.desk.db.all<{
    text: string;
    ticket: number;
    author: number;
    command: number;
  }>(sql`
    select text, ticket_id as ticket, author_id as author, command_id as command from messages where text like 'words %'`);
  expect(stored.map(({ text, ticket, author }) => `${text} ${ticket} ${author}`).sort()).toEqual(
    heard.map(({ text, ticketId, who }) => `${text} ${ticketId} ${who}`).sort(),
  );
  expect(new Set(stored.map(({ command }) => command)).size).toBe(heard.length);
  for (const ticketId of open) {
    const seqs = await cast.desk.db.all<{ seq: number }>(
      sql`select ticket_seq as seq from events where ticket_id = ${ticketId} order by 1`,
    );
    expect(seqs.map(({ seq }) => seq)).toEqual(seqs.map((_, n) => n + 1));
  }
  const mails = await cast.desk.db.one<{ count: number }>(sql`
    select count(*) as count from outgoing_mails join messages on messages.id = message_id
    where messages.text like 'words %' and outgoing_mails.ticket_id = messages.ticket_id`);
  expect(mails.count).toBe(heard.filter(({ who }) => who === cast.ben).length);
  await cast.desk.settle();
  expect(await brokenInvariants(cast.desk.db)).toEqual([]);
});
