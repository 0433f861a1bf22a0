import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Cast, openCast } from '../../../test/cast/company.ts';
import { sql } from '../../platform/db/database.ts';
import { jsonRows } from '../../platform/db/json-rows.ts';
import { system } from '../../platform/events/event-map.ts';
import { changeTicket } from './change-ticket.ts';
import { claimTicket } from './claim-ticket.ts';
import { openTicket } from './open-ticket.ts';
import { getTicketRow } from './queries.ts';
import { listMessages } from './read-messages.ts';
import { redactMessage } from './redact-message.ts';
import { sendMessage } from './send-message.ts';
import { ticketDeadline } from './ticket-deadline.ts';

let cast: Cast;
beforeAll(async () => {
  cast = await openCast();
});
afterAll(() => cast.desk.close());

const row = (id: number) => getTicketRow(cast.desk.db, id);
const change = (ticketId: number, properties: object, who = cast.ben) =>
  cast.desk.run(cast.as(who), (cx) => changeTicket(cx, { ticketId, change: properties }));

it('opens a ticket with its first message', async () => {
  let id = 0;
  const events = await cast.during(async () => {
    id = await cast.open({ tags: ['vip', 'fire', 'vip'], ccs: [cast.noah, cast.mia] });
  });
  expect(events.map((event) => event.type)).toEqual(['ticket.opened', 'message.received']);
  expect(events[0]?.data).toMatchObject({
    status: 'new',
    origin: 'inbound',
    tags: ['fire', 'vip'],
    training: false,
  });
  expect(await row(id)).toMatchObject({
    status: 'new',
    preview: 'It burns. Please help.',
    messageCount: 1,
    waitingSince: cast.desk.clock.fixed(),
    ccIds: [cast.noah],
    version: 1,
    shown: true,
  });
});

it('opens one towards a customer: proactive, claimed by its agent, waiting for nobody', async () => {
  const events = await cast.during(() =>
    cast.desk.run(cast.as(cast.ben), (cx) =>
      openTicket(cx, {
        subject: 'Your invoice',
        requesterId: cast.mia,
        channel: 'email',
        assigneeId: cast.ben,
        message: { author: 'agent', authorId: cast.ben, text: 'Here it is.' },
      }),
    ),
  );
  expect(events.map((event) => event.type)).toEqual(['ticket.opened', 'message.sent', 'ticket.claimed']);
  const id = events[0]?.ticketId as number;
  expect(await row(id)).toMatchObject({ status: 'open', origin: 'proactive', waitingSince: null });
});

it('refuses a requester, a team or an assignee that does not exist, and leaves nothing behind', async () => {
  for (const wrong of [{ requesterId: 999_999 }, { teamId: 999_999 }, { assigneeId: 999_999 }]) {
    await expect(cast.open(wrong)).rejects.toMatchObject({ status: 422 });
  }
});

it('a first public reply opens, assigns, claims and ends the wait', async () => {
  const id = await cast.open();
  const events = await cast.during(() => cast.reply(id));
  expect(events.map((event) => event.type)).toEqual([
    'message.sent',
    'ticket.status_changed',
    'ticket.assigned',
    'ticket.claimed',
  ]);
  expect(events[2]?.data).toEqual({ from: null, to: cast.ben, by: 'agent', cause: 'replied' });
  expect(await row(id)).toMatchObject({
    status: 'open',
    assigneeId: cast.ben,
    waitingSince: null,
    version: 2,
  });
});

it('a note changes nothing but the count of nobody', async () => {
  const id = await cast.open();
  const events = await cast.during(() => cast.reply(id, { public: false }));
  expect(events.map((event) => event.type)).toEqual(['note.added']);
  expect(await row(id)).toMatchObject({
    status: 'new',
    assigneeId: null,
    messageCount: 1,
    preview: 'It burns. Please help.',
  });
  expect((await row(id)).waitingSince).not.toBeNull();
});

it('the desk’s own acknowledgement does not end the wait', async () => {
  const id = await cast.open();
  const events = await cast.during(() =>
    cast.desk.run(system, (cx) =>
      sendMessage(cx, {
        ticketId: id,
        author: 'system',
        authorId: null,
        public: true,
        message: { text: 'We have it.' },
      }),
    ),
  );
  expect(events.map((event) => event.type)).toEqual(['message.sent']);
  expect(await row(id)).toMatchObject({ status: 'new', assigneeId: null });
  expect((await row(id)).waitingSince).not.toBeNull();
});

it('mentions make followers, and only of those who may see the ticket', async () => {
  const id = await cast.open({ teamId: cast.support });
  await expect(cast.reply(id, { public: false, mentions: [cast.cleo] })).rejects.toMatchObject({
    status: 422,
  });
  await expect(cast.reply(id, { public: true, mentions: [cast.ada] })).rejects.toMatchObject({ status: 422 });
  const events = await cast.during(() => cast.reply(id, { public: false, mentions: [cast.ada] }));
  expect(events.map((event) => event.type)).toEqual(['note.added', 'ticket.followers_changed']);
  expect((await row(id)).followerIds).toEqual([cast.ada]);
});

it('send and solve, then a customer’s reply reopens', async () => {
  const id = await cast.open();
  await cast.reply(id, { status: 'solved' });
  expect(await row(id)).toMatchObject({ status: 'solved', solvedAt: cast.desk.clock.fixed() });
  cast.desk.clock.advance(3600);
  const events = await cast.during(() => cast.write(id));
  expect(events.map((event) => [event.type, event.data])).toEqual([
    ['message.received', expect.objectContaining({ authorId: cast.mia })],
    ['ticket.status_changed', { from: 'solved', to: 'open', cause: 'customer_wrote' }],
  ]);
  expect(await row(id)).toMatchObject({
    status: 'open',
    solvedAt: null,
    waitingSince: cast.desk.clock.fixed(),
  });
  const { kind } = await cast.desk.db.one<{ kind: string }>(sql`
    select actor_kind as kind from events where ticket_id = ${id} order by ticket_seq desc limit 1`);
  expect(kind).toBe('customer');
});

it('closes after the closing time unless reopened; a closed one takes tags and nothing else', async () => {
  const id = await cast.open();
  await cast.reply(id, { status: 'solved' });
  const reopened = await cast.open();
  await cast.reply(reopened, { status: 'solved' });
  await change(reopened, { status: 'open' });
  cast.desk.clock.advance(14 * 86_400 + 1);
  await cast.desk.settle();
  expect((await row(id)).status).toBe('closed');
  expect((await row(reopened)).status).toBe('open');
  await expect(cast.write(id)).rejects.toMatchObject({ code: 'ticket_closed', ticketId: id });
  await expect(cast.reply(id)).rejects.toMatchObject({ code: 'ticket_closed' });
  await expect(change(id, { priority: 'high' })).rejects.toMatchObject({
    code: 'ticket_closed',
    status: 409,
  });
  expect((await cast.during(() => change(id, { addTags: ['late'] }))).map((event) => event.type)).toEqual([
    'ticket.tagged',
  ]);
});

it('one event for each property that really changes', async () => {
  const id = await cast.open();
  const events = await cast.during(() =>
    change(id, {
      subject: 'Fire',
      priority: 'high',
      type: 'incident',
      tier: 2,
      reason: 'hot',
      language: 'be',
      teamId: cast.support,
      assigneeId: cast.ben,
      tags: ['a'],
      addTags: ['b'],
      status: 'pending',
      externalId: 'X-1',
    }),
  );
  expect(events.map((event) => event.type).sort()).toEqual([
    'ticket.assigned',
    'ticket.claimed',
    'ticket.external_id_changed',
    'ticket.language_changed',
    'ticket.priority_changed',
    'ticket.status_changed',
    'ticket.subject_changed',
    'ticket.tagged',
    'ticket.team_changed',
    'ticket.tier_changed',
    'ticket.type_changed',
  ]);
  expect(events.find((event) => event.type === 'ticket.tier_changed')?.data).toEqual({
    from: null,
    to: 2,
    reason: 'hot',
  });
  expect(JSON.stringify(events)).not.toContain('Fire');
  expect(await cast.during(() => change(id, { priority: 'high', tags: ['b', 'a'] }))).toEqual([]);
  expect((await row(id)).version).toBe(2);
});

it('a move to a team the assignee is not in takes it from them', async () => {
  const id = await cast.open({ teamId: cast.support, assigneeId: cast.ben });
  const events = await cast.during(() => change(id, { teamId: cast.billing }));
  expect(events.map((event) => event.type)).toEqual(['ticket.team_changed', 'ticket.assigned']);
  expect((await row(id)).assigneeId).toBeNull();
});

it('a stale version is refused with the state now and who changed what', async () => {
  const id = await cast.open();
  await change(id, { version: 1, priority: 'urgent' });
  const refusal = await change(id, { version: 1, priority: 'low' }).catch((error) => error);
  expect(refusal).toMatchObject({ status: 409, code: 'conflict' });
  expect(refusal.details.ticket).toMatchObject({ version: 2, priority: 'urgent' });
  expect(refusal.details.changes).toMatchObject([{ type: 'ticket.priority_changed', actorName: 'Ben' }]);
});

it('sending past what was seen is refused, unless forced', async () => {
  const id = await cast.open();
  const [first] = await listMessages(cast.desk.db, id);
  await cast.write(id);
  const refusal = await cast.reply(id, { lastSeenMessageId: first?.id }).catch((error) => error);
  expect(refusal).toMatchObject({ status: 409, code: 'missed_messages' });
  expect(refusal.details.messages).toMatchObject([{ text: 'Still burning' }]);
  await cast.reply(id, { lastSeenMessageId: first?.id, force: true });
  await cast.reply(id, { lastSeenMessageId: (await listMessages(cast.desk.db, id)).at(-1)?.id });
});

it('of fifty who claim at once one wins', async () => {
  const id = await cast.open();
  const claims = Array.from({ length: 50 }, (_, index) => {
    const agentId = [cast.ada, cast.ben, cast.cleo][index % 3] as number;
    return cast.desk
      .run(cast.as(agentId), (cx) => claimTicket(cx, { ticketId: id, agentId }))
      .then(
        () => agentId,
        (error: { code: string }) => error.code,
      );
  });
  const results = await Promise.all(claims);
  const winner = (await row(id)).assigneeId;
  expect(results.every((result) => result === winner || result === 'ticket_taken')).toBe(true);
  expect((await cast.eventsOf(id)).filter((type) => type === 'ticket.claimed')).toHaveLength(1);
});

it('redacting takes words and files, and leaves that it was written', async () => {
  const id = await cast.open();
  const [message] = await listMessages(cast.desk.db, id);
  const events = await cast.during(() =>
    cast.desk.run(cast.as(cast.ada), (cx) => redactMessage(cx, { messageId: message?.id as number })),
  );
  expect(events.map((event) => event.type)).toEqual(['message.redacted']);
  expect((await listMessages(cast.desk.db, id))[0]).toMatchObject({ text: '', redacted: true });
  expect((await row(id)).preview).toBe('');
});

it('a deadline is nobody’s change', async () => {
  const id = await cast.open();
  const warnAt = new Date('2026-03-03T08:00:00Z');
  const dueAt = new Date('2026-03-03T09:00:00Z');
  const deadline = { warnAt, dueAt, dueTarget: 'first_reply', breached: false };
  const moved = { ticket_id: id, ...ticketDeadline.recordOf(deadline) };
  const types = sql`ticket_id bigint, ${ticketDeadline.recordTypes}`;
  const events = await cast.during(() =>
    cast.desk.run(system, async (cx) =>
      cx.send(ticketDeadline.writing(sql`json_to_recordset(${jsonRows([moved])}) as row (${types})`)),
    ),
  );
  expect(events).toEqual([]);
  expect(await row(id)).toMatchObject({ warnAt, dueAt, dueTarget: 'first_reply', version: 1 });
});
