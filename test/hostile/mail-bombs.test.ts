import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { type SentMail, sendOverSmtp } from '../../bench/smtp-load.ts';
import { massLimits } from '../../server/modules/channels/email/mass-limits.ts';
import { sql } from '../../server/platform/db/database.ts';
import { type OpenHouse, openHouse } from './open-house.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** The desk as a weapon: mails in other people's names, so that the desk writes to them; and machines that answer. */

const inbox = 'support@desk.example';
const full = process.env.FIRSTLINE_FULL === '1';
const submissions = full ? 200 : 40;
// Counted as in the product; the small size only counts less far.
if (!full) massLimits.domain10Minutes = 12;
const some = full ? 200 : 20;
const bait = 'CHEAP-PILLS';
const link = 'http://evil.example/win';

let house: OpenHouse;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.close());
afterEach(() => {
  house.relay.taken.length = 0;
  house.room.desk.clock.advance(48 * 3600);
});

const forgedMail = (from: string, n: number): SentMail => ({
  from,
  raw: [
    `From: "${bait} ${link}" <${from}>`,
    `To: "${bait}" <${inbox}>`,
    `Subject: ${bait} ${link} number ${n}`,
    `Message-ID: <${bait}.${n}(${link})@evil.example>`,
    '',
    `${bait}! Go to ${link}`,
  ].join('\r\n'),
});

async function forge(addresses: string[]): Promise<void> {
  await sendOverSmtp({ host: '127.0.0.1', port: house.door.port }, inbox, addresses.map(forgedMail));
  await house.settle();
}

const countTickets = async () =>
  (await house.room.desk.db.one<{ n: number }>(sql`select count(*) as n from tickets`)).n;
const numbered = (length: number, name: (n: number) => string) => Array.from({ length }, (_, n) => name(n));

function expectNoBait(): void {
  for (const { data } of house.relay.taken) {
    const decoded = data
      .replace(/=\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
    for (const text of [data, decoded]) {
      expect(text).not.toContain(bait);
      expect(text).not.toContain('evil.example/win');
    }
    expect(data).toMatch(/^Auto-Submitted: auto-replied$/m);
  }
}

it('acknowledges forged senders without a word of theirs', async () => {
  await forge(numbered(submissions, (n) => `victim@company${n}.example`));
  expect(house.relay.taken).toHaveLength(submissions);
  expect(await countTickets()).toBe(submissions);
  expectNoBait();
});

it.each([
  ['one address', () => 'victim@one.example', 1],
  ['one mailbox under many spellings', (n: number) => `victim+${n}@plus.example`, massLimits.mailboxHour],
  ['one domain', (n: number) => `person${n}@domain.example`, massLimits.domain10Minutes],
])('sends few acknowledgements to %s, and keeps every ticket', async (_, name, most) => {
  const before = await countTickets();
  await forge(numbered(some, name));
  expect(house.relay.taken).toHaveLength(most);
  // Past a hundred of the same hour one address's mails are held; that is a fate, too.
  const held = await house.room.desk.db.one<{ n: number }>(
    sql`select count(*) as n from mails where fate = 'suspended'`,
  );
  expect((await countTickets()) - before + held.n).toBe(some);
  expectNoBait();
});

/** Answers whatever it is sent, as the worst robots do, with no sign of a machine; counts what it was sent. */
async function letRobotAnswer(robot: Robot): Promise<number> {
  let acknowledged = 0;
  let letters = 0;
  const write = async (to: string) => {
    const mails = Array.from({ length: robot.answers }, () => {
      const from = robot.from(letters);
      return { from, raw: letterFrom(from, letters++) };
    });
    await sendOverSmtp({ host: '127.0.0.1', port: house.door.port }, to, mails);
  };
  await write(inbox);
  await house.settle();
  while (house.relay.taken.length > 0 && acknowledged < 300) {
    const got = house.relay.taken.splice(0);
    acknowledged += got.length;
    await Promise.all(got.map(({ data }) => write(robot.to(data))));
    await house.settle();
  }
  return acknowledged;
}

interface Robot {
  answers: number;
  from(letter: number): string;
  /** Where it answers a mail of ours. */
  to(data: string): string;
}

const letterFrom = (from: string, n: number) =>
  `From: <${from}>\r\nTo: ${inbox}\r\nSubject: I am in the mountains ${n}\r\n\r\nI will read your mail ${n} in May.\r\n`;
const replyTo = (data: string) => /^Reply-To: <?([^\s<>]+)>?$/im.exec(data)?.[1] ?? inbox;

it.each([
  { how: 'to our reply address', answers: 1, most: 1, from: () => 'robot@loop.example', to: replyTo },
  { how: 'to the inbox', answers: 1, most: 1, from: () => 'robot2@loop.example', to: () => inbox },
  {
    how: 'under a new spelling each time',
    answers: 1,
    most: massLimits.mailboxHour,
    from: (letter: number) => `robot+${letter}@spell.example`,
    to: () => inbox,
  },
  {
    how: 'twice, under a new name each time',
    answers: 2,
    most: massLimits.domain10Minutes,
    from: (letter: number) => `robot${letter}@names.example`,
    to: () => inbox,
  },
])('falls silent before a robot that answers $how', async ({ most, ...robot }) => {
  expect(await letRobotAnswer(robot)).toBe(most);
});
