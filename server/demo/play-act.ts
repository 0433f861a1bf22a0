import { storeDeliveries } from '../modules/channels/index.ts';
import { findOrCreateCustomer } from '../modules/customers/index.ts';
import {
  changeTicket,
  openTicket,
  receiveMessage,
  sendMessage,
  TicketClosed,
  ticketCare,
} from '../modules/tickets/index.ts';
import type { CommandContext } from '../platform/command.ts';
import { sql } from '../platform/db/database.ts';
import type { Desk } from '../platform/desk.ts';
import { type Actor, system } from '../platform/events/event-map.ts';
import { HttpError } from '../platform/http/errors.ts';
import { fillSlots } from './fill-slots.ts';
import type { Act } from './tell-story.ts';
import type { TimeWalk } from './walk-time.ts';
import { writeMail } from './write-mail.ts';

/** Does on the desk what a step of a story says, through the commands and the mail door that people use. */
export async function playAct(
  desk: Desk,
  walk: TimeWalk,
  companyTeams: Map<string, number>,
  act: Act,
): Promise<void> {
  const { thread } = act;
  if (act.kind === 'customer' || act.kind === 'separate' || act.kind === 'machine') {
    if (thread.story.channel === 'email') return mailIn(desk, walk, act);
    return speak(desk, act);
  }
  const { ticketId } = thread;
  if (ticketId === null) return;
  const agent: Actor = { kind: 'agent', id: act.agent.id };
  try {
    await desk.run(agent, (cx) => answer(cx, act, ticketId, companyTeams));
  } catch (error) {
    // A colleague's word that comes after the ticket was closed stays unsaid, as the desk would have it.
    if (!(error instanceof HttpError && error.code === 'ticket_closed')) throw error;
  }
}

async function mailIn(desk: Desk, walk: TimeWalk, act: Act): Promise<void> {
  const { thread } = act;
  const separate = act.kind === 'separate';
  const host = thread.customer.email.split('@')[1];
  const headerId = `${thread.number}.${thread.headerIds.length + 1}.${act.at.getTime().toString(36)}@${host}`;
  const raw = await writeMail({
    from: thread.customer,
    to: thread.inbox.address,
    cc: thread.copied,
    subject: fillSlots(thread.story.subject, thread.slots, thread.customer),
    text: act.text,
    headerId,
    references: separate ? [] : thread.headerIds,
    answered: separate ? null : thread.lastReply,
    at: act.at,
    ...(act.kind === 'machine' ? { headers: { 'Auto-Submitted': 'auto-replied' } } : {}),
  });
  const [mailId] = await storeDeliveries(desk, [
    {
      inboxId: thread.inbox.id,
      envelopeFrom: thread.customer.email,
      envelopeTo: thread.inbox.address,
      remote: '192.0.2.25',
      raw,
    },
  ]);
  await walk.work();
  const mail = await desk.db.one<{ ticketId: number | null }>(
    sql`select ticket_id as "ticketId" from mails where id = ${mailId}`,
  );
  if (act.kind === 'machine') return;
  if (separate) thread.secondId = mail.ticketId;
  else {
    thread.ticketId = mail.ticketId;
    thread.headerIds.push(headerId);
  }
}

/** A form, a chat or a call. */
async function speak(desk: Desk, act: Act): Promise<void> {
  const { thread } = act;
  const { channel } = thread.story;
  const customerId = await desk.run(system, async (cx) => {
    const { name, email, language: locale } = thread.customer;
    return (await findOrCreateCustomer(cx, { kind: 'email', value: email, name, locale })).customerId;
  });
  const message = { text: act.text };
  const actor: Actor =
    channel === 'phone' ? { kind: 'agent', id: act.agent.id } : { kind: 'customer', id: customerId };
  const { ticketId } = thread;
  if (ticketId === null) return openSpoken(desk, act, actor, customerId, null);
  try {
    await desk.run(actor, (cx) => receiveMessage(cx, { ticketId, customerId, channel, message }));
  } catch (error) {
    if (!(error instanceof TicketClosed)) throw error;
    await openSpoken(desk, act, actor, customerId, error.ticketId);
  }
}

async function openSpoken(
  desk: Desk,
  { thread, text, agent }: Act,
  actor: Actor,
  customerId: number,
  followUpOf: number | null,
): Promise<void> {
  const { story, inbox } = thread;
  const phone = story.channel === 'phone';
  const opened = await desk.run(actor, (cx) =>
    openTicket(cx, {
      subject: fillSlots(story.subject, thread.slots, thread.customer),
      requesterId: customerId,
      channel: story.channel,
      origin: phone ? 'on_behalf' : 'inbound',
      message: { text, author: 'customer', authorId: customerId },
      inboxId: inbox.id,
      scheduleId: inbox.scheduleId,
      teamId: inbox.teamId,
      assigneeId: phone ? agent.id : null,
      language: story.language,
      tags: phone ? story.tags : [],
      followUpOf,
    }),
  );
  thread.ticketId = opened.ticketId;
}

async function answer(
  cx: CommandContext,
  act: Act,
  ticketId: number,
  companyTeams: Map<string, number>,
): Promise<void> {
  const { thread } = act;
  if (act.kind === 'claim') return take(cx, act, ticketId);
  if (act.kind === 'spam') return ticketCare.markSpam(cx, { ticketId });
  if (act.kind === 'merge') {
    if (thread.secondId !== null && thread.secondId !== ticketId)
      await ticketCare.mergeTickets(cx, { from: thread.secondId, into: ticketId });
    return;
  }
  if (act.text) await say(cx, act, ticketId);
  if (act.kind === 'move') {
    await changeTicket(cx, {
      ticketId,
      change: { teamId: companyTeams.get(act.words[0] ?? '') ?? null, assigneeId: null },
    });
    return;
  }
  if (act.kind === 'agent') thread.lastReply = { text: act.text, at: cx.now };
}

/** Taking a ticket means sorting it too. */
async function take(cx: CommandContext, { thread, agent }: Act, ticketId: number): Promise<void> {
  const { tags, priority, type } = thread.story;
  await ticketCare.claimTicket(cx, { ticketId, agentId: agent.id });
  await changeTicket(cx, {
    ticketId,
    change: { addTags: tags, ...(priority ? { priority } : {}), type: type ?? 'question' },
  });
}

const stateWords = { solve: 'solved', pending: 'pending', hold: 'on_hold' } as const;

async function say(cx: CommandContext, act: Act, ticketId: number): Promise<void> {
  const word = act.words.find((one): one is keyof typeof stateWords => one in stateWords);
  await sendMessage(cx, {
    ticketId,
    author: 'agent',
    authorId: act.agent.id,
    public: act.kind === 'agent',
    message: { text: act.text },
    ...(word ? { status: stateWords[word] } : {}),
  });
}
