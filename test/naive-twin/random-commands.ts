import { withdrawMail } from '../../server/modules/channels/email/outbox/withdraw-mail.ts';
import { createInbox } from '../../server/modules/channels/index.ts';
import { findOrCreateCustomer } from '../../server/modules/customers/index.ts';
import { createStaff } from '../../server/modules/staff/index.ts';
import * as tickets from '../../server/modules/tickets/index.ts';
import type { CommandContext } from '../../server/platform/command.ts';
import { HttpError } from '../../server/platform/http/errors.ts';
import type { TestDesk } from '../desk.ts';
import { type Chance, pick, seeded } from './random-lives.ts';

/** Drives a desk through its real commands, with a stepped clock and mails that arrive late. */
export async function liveRandomly(desk: TestDesk, seed: number, count: number): Promise<void> {
  const chance = seeded(seed);
  const { agentIds, customerId } = await hire(desk);
  const ids: number[] = [];
  for (let step = 0; step < count; step++) {
    desk.clock.advance(Math.floor(pick(chance, [0, 1, 30, 600, 3600, 20_000]) * (0.5 + chance())));
    const agentId = pick(chance, agentIds);
    const command =
      ids.length < 3 || chance() < 0.2
        ? open(chance, customerId)
        : change(desk, chance, ids, customerId, agentIds);
    try {
      const made = await desk.run({ kind: 'agent', id: agentId }, (cx) => command(cx, agentId));
      if (typeof made === 'number') ids.push(made);
      const { messageId, undo } = (made ?? {}) as { messageId?: number; undo?: Undo };
      if (messageId && chance() < 0.6) await takeBack(desk, chance, messageId);
      if (undo && chance() < 0.4) await undoChange(desk, chance, agentId, undo);
    } catch (error) {
      // What the desk refuses (a closed ticket, a second merge) is a step that did not happen.
      if (!(error instanceof HttpError)) throw error;
    }
  }
}

/** Within the ten seconds. */
async function takeBack(desk: TestDesk, chance: Chance, messageId: number): Promise<void> {
  desk.clock.advance(Math.floor(chance() * 9));
  await desk.run({ kind: 'system', id: null }, (cx) => withdrawMail(cx, { messageId }));
}

type Undo = Omit<Parameters<typeof tickets.ticketCare.undoChange>[1], 'staffId'>;

/** Also what changed nothing, or was closed meanwhile: the desk refuses it. */
async function undoChange(desk: TestDesk, chance: Chance, agentId: number, undo: Undo) {
  desk.clock.advance(Math.floor(chance() * 29));
  const actor = { kind: 'agent', id: agentId } as const;
  await desk.run(actor, (cx) => tickets.ticketCare.undoChange(cx, { ...undo, staffId: agentId }));
}

async function hire(desk: TestDesk) {
  return desk.run({ kind: 'system', id: null }, async (cx) => {
    const agentIds: number[] = [];
    for (const name of ['Dora', 'Emil']) {
      agentIds.push((await createStaff(cx, { name, email: `${name}@desk.example`, role: 'agent' })).staffId);
    }
    const { customerId } = await findOrCreateCustomer(cx, { kind: 'email', value: 'vera@customer.example' });
    // Replies go out by mail, and can be taken back.
    await createInbox(cx, { name: 'Help', addresses: ['help@desk.example'] });
    return { agentIds, customerId };
  });
}

type Step = (cx: CommandContext, agentId: number) => Promise<unknown>;

function open(chance: Chance, requesterId: number): Step {
  const channel = pick(chance, ['email', 'chat', 'phone', 'form'] as const);
  const byAgent = chance() < 0.25;
  return async (cx, agentId) => {
    const author = byAgent
      ? ({ author: 'agent', authorId: agentId } as const)
      : ({ author: 'customer', authorId: requesterId } as const);
    const input = { subject: 'help', requesterId, channel, message: { text: 'please', ...author } };
    return (await tickets.openTicket(cx, input)).ticketId;
  };
}

function change(desk: TestDesk, chance: Chance, ids: number[], customerId: number, agentIds: number[]): Step {
  const ticketId = pick(chance, ids);
  const other = pick(chance, ids);
  const roll = chance();
  const text = { text: 'words' };
  const set =
    (values: Parameters<typeof tickets.changeTicket>[1]['change']): Step =>
    async (cx) => {
      const by = chance() < 0.5 ? 'routing' : 'agent';
      await tickets.changeTicket(cx, { ticketId, change: values, by });
      const { status, assigneeId } = values;
      if (status !== undefined) return { undo: { ticketId, change: { status } } };
      return assigneeId === undefined ? {} : { undo: { ticketId, change: { assigneeId } } };
    };
  if (roll < 0.2) {
    const lateSeconds = chance() < 0.3 ? Math.floor(chance() * 7200) : 0;
    const at = new Date((desk.clock.fixed() as Date).getTime() - lateSeconds * 1000);
    return (cx) => tickets.receiveMessage(cx, { ticketId, customerId, channel: 'email', message: text, at });
  }
  if (roll < 0.4) {
    const isPublic = chance() < 0.8;
    const status = pick(chance, [undefined, undefined, 'open', 'pending', 'solved'] as const);
    const more = { public: isPublic, message: text, ...(status && { status }) };
    return (cx, authorId) => tickets.sendMessage(cx, { ticketId, author: 'agent', authorId, ...more });
  }
  if (roll < 0.6)
    return set({ status: pick(chance, ['open', 'pending', 'on_hold', 'solved', 'solved'] as const) });
  if (roll < 0.7) return set({ assigneeId: pick(chance, [...agentIds, null]) });
  if (roll < 0.75) return set({ priority: pick(chance, ['low', 'urgent', null] as const) });
  if (roll < 0.8) {
    return async (cx, agentId) => {
      await tickets.ticketCare.claimTicket(cx, { ticketId, agentId });
      return { undo: { ticketId, change: { assigneeId: agentId } } };
    };
  }
  if (roll < 0.84) return (cx) => tickets.ticketCare.mergeTickets(cx, { from: ticketId, into: other });
  if (roll < 0.88) return (cx) => tickets.ticketCare.unmergeTicket(cx, { ticketId });
  const marks = [
    tickets.ticketCare.markSpam,
    tickets.ticketCare.unmarkSpam,
    tickets.ticketCare.unmarkSpam,
    tickets.ticketCare.deleteTicket,
    tickets.ticketCare.restoreTicket,
  ];
  const mark = pick(chance, marks);
  return (cx) => mark(cx, { ticketId });
}
