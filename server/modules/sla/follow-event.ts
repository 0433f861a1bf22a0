import type { CommandContext } from '../../platform/command.ts';
import { type Queryable, sql } from '../../platform/db/database.ts';
import { isEvent, type RecordedEvent } from '../../platform/events/event-map.ts';
import { listEventsOfTicket } from '../../platform/events/read-events.ts';
import { saidEvents } from '../channels/index.ts';
import { claimTypes } from './accepts-claim.ts';
import { advanceClocks, changeAll, owesClaim, pauseOrResume, type TicketClocks } from './advance-clocks.ts';
import { policiesOf } from './current-policies.ts';
import { asksLogForClaim, takeClaimFrom, withoutUnpromisedClaims } from './keep-claims.ts';
import {
  asksForCustomerTags,
  type CurrentPolicy,
  type Match,
  type MatchFacts,
  matchPolicy,
  needsPromise,
  promiseOf,
} from './match-policy.ts';
import { type Attached, readTicketSla, readToOpen, type StoredSla, type TicketSla } from './read-clocks.ts';
import { releaseWaits, withoutReleased } from './release-waits.ts';
import { restoreWaits, takesBack, undoneStatusSince } from './restore-waits.ts';
import { type Settling, sameTicket, settleClocks } from './settle-clocks.ts';
import { applyPromise, clockKey, cutInstant, type Due, fireDue, isLive } from './sla-clock.ts';
import { currentSchedule, isOpening, type TicketFacts } from './ticket-facts.ts';
import { timeOfTicket } from './ticket-time.ts';

const unattached: Attached = { policyId: null, policyVersion: null, reason: null, matchedAt: null };

/** What a command knows of a ticket's promises, and what of it is not written yet. */
interface Followed {
  stored: Promise<StoredSla>;
  /** How many events of this round are still to be followed. */
  waiting: number;
  held: Held | null;
}

interface Held extends Pick<Settling, 'before' | 'after' | 'due' | 'at'> {
  applied: Set<string>;
  /** Acts for the first event that changed something. */
  cx: CommandContext;
}

const followedInCommand = new WeakMap<Queryable, Map<number, Followed>>();

/**
 * One event of a ticket: what fell due before it, what it starts and ends, and which promise holds from here on. A
 * command is often several events of one ticket: they are written and told as one.
 */
export async function followEvent(cx: CommandContext, event: RecordedEvent): Promise<void> {
  if (event.ticketId === null) return;
  const followed = followedBy(cx.tx, event.ticketId, event);
  followed.waiting--;
  const isLater = followed.held !== null && followed.held.at.getTime() !== event.at.getTime();
  if (isLater) await settleHeld(followed, event.ticketId);
  await follow(cx, followed, event.ticketId, event);
  if (followed.waiting <= 0) await settleHeld(followed, event.ticketId);
}

followEvent.ahead = (tx: Queryable, event: RecordedEvent): void => {
  if (event.ticketId === null) return;
  const followed = followedBy(tx, event.ticketId, event);
  followed.waiting++;
  followed.stored.catch(() => undefined);
};

/** What was asked before the ticket that is being opened had its id. */
const openings = new WeakMap<Queryable, Promise<StoredSla>>();

followEvent.early = (tx: Queryable, ticketId: number | null): void => {
  const stored = ticketId === null ? readToOpen(tx) : followedBy(tx, ticketId).stored;
  stored.catch(() => undefined);
  if (ticketId === null) openings.set(tx, stored);
};

function followedBy(tx: Queryable, ticketId: number, event?: RecordedEvent): Followed {
  const all = followedInCommand.get(tx) ?? new Map<number, Followed>();
  followedInCommand.set(tx, all);
  const known = all.get(ticketId);
  if (known) return known;
  const stored = event && isOpening(event) ? takeOpening(tx) : readTicketSla(tx, ticketId);
  const followed = { stored, waiting: 0, held: null };
  all.set(ticketId, followed);
  return followed;
}

function takeOpening(tx: Queryable): Promise<StoredSla> {
  const early = openings.get(tx);
  openings.delete(tx);
  return early ?? readToOpen(tx);
}

async function follow(
  cx: CommandContext,
  followed: Followed,
  ticketId: number,
  event: RecordedEvent,
): Promise<void> {
  const stored = await followed.stored;
  const { held } = followed;
  const before = held?.after ?? stored.sla;
  const policies = await policiesOf(cx.tx, stored.stamp);
  if (policies.length === 0 && !before) return;
  const isClaimAlone = claimTypes.includes(event.type) && !takesBack(event);
  if (isClaimAlone && !(before && owesClaim(before))) return;
  const kept = before ?? (await foldEarlier(cx, ticketId, event));
  const next = await advance(cx, { ticketId, event, policies, before, kept });
  if (!next || (changedClocks(before, next.after).length === 0 && sameTicket(before, next.after))) return;
  followed.held = {
    before: held ? held.before : before,
    after: next.after,
    due: [...(held?.due ?? []), ...next.due],
    applied: new Set([...(held?.applied ?? []), ...next.applied]),
    at: event.at,
    cx: held?.cx ?? cx,
  };
}

async function settleHeld(followed: Followed, ticketId: number): Promise<void> {
  const { held } = followed;
  if (!held) return;
  followed.held = null;
  const { cx, before, after } = held;
  const stored = await followed.stored;
  const timeOf = await timeOfTicket(cx.tx, after.facts, changedClocks(before, after));
  const sla = await settleClocks(cx, { ...held, ticketId, timeOf, ids: stored.ids });
  followed.stored = Promise.resolve({ ...stored, sla });
}

/** A ticket from before the first policy, or from an import: its log says what clocks would have run. */
async function foldEarlier(
  cx: CommandContext,
  ticketId: number,
  event: RecordedEvent,
): Promise<TicketSla | null> {
  if (isOpening(event)) return null;
  const folded = await foldLog(cx, ticketId, event);
  return folded && { ...folded, attached: unattached };
}

async function foldLog(
  cx: CommandContext,
  ticketId: number,
  until: RecordedEvent,
): Promise<TicketClocks | null> {
  return foldEvents(await readLog(cx, ticketId, until), until);
}

/** The ticket's events, `until` the last of them. */
async function readLog(cx: CommandContext, ticketId: number, until: RecordedEvent): Promise<RecordedEvent[]> {
  const logged = await listEventsOfTicket(cx.tx, ticketId);
  const told = cx.told.filter((earlier) => earlier.ticketId === ticketId && earlier.id < until.id);
  return [...logged, ...told, until];
}

function foldEvents(log: readonly RecordedEvent[], until: RecordedEvent): TicketClocks | null {
  const counting = withoutReleased(saidEvents(log)).filter(({ id }) => id !== until.id);
  return counting.reduce<TicketClocks | null>(foldEvent, null);
}

const pausesByDefault = ['pending'];

function foldEvent(clocks: TicketClocks | null, event: RecordedEvent): TicketClocks | null {
  const next = advanceClocks(clocks, event);
  return next && pauseOrResume(next, pausesByDefault, cutInstant(event.at));
}

interface Step {
  ticketId: number;
  event: RecordedEvent;
  policies: readonly CurrentPolicy[];
  before: TicketSla | null;
  kept: TicketSla | null;
}

async function advance(
  cx: CommandContext,
  step: Step,
): Promise<Pick<Held, 'after' | 'due' | 'applied'> | null> {
  const { event, policies, before, kept } = step;
  const at = cutInstant(event.at);
  const { state, due } = fireAll(kept, at);
  const moved = await restate(cx, step, advanceClocks(state, event));
  if (!moved) return null;
  const match = matchPolicy(policies, await matchFactsOf(cx.tx, moved.facts, policies));
  const owed = await addClaim(cx, step, moved, match?.policy ?? null);
  const promised = applyPolicy(owed, match?.policy ?? null, at);
  const asked = withoutUnpromisedClaims(promised.state, before);
  const paused = pauseOrResume(asked, match?.policy.pausesIn ?? pausesByDefault, at);
  const rescheduled = kept !== null && currentSchedule(kept.facts) !== currentSchedule(paused.facts);
  const after = {
    // A new object dates a clock anew.
    ...(rescheduled ? changeAll(paused, (clock) => (isLive(clock) ? { ...clock } : clock)) : paused),
    attached: attach(kept?.attached ?? unattached, match, event.at),
  };
  return { after, due, applied: promised.applied };
}

/** A merge, a reply or a change was undone: only the ticket's log can say what would be owed without it. */
async function restate(
  cx: CommandContext,
  { ticketId, event }: Step,
  state: TicketClocks | null,
): Promise<TicketClocks | null> {
  if (!state || !(takesBack(event) || isEvent(event, 'ticket.released'))) return state;
  const log = await readLog(cx, ticketId, event);
  const without = foldEvents(log, event);
  const at = cutInstant(event.at);
  if (takesBack(event)) {
    return restoreWaits(state, { without, at, statusSince: undoneStatusSince(log, event) });
  }
  const timeOf = await timeOfTicket(cx.tx, state.facts, state.clocks);
  return releaseWaits(state, { without, timeOf, at });
}

/** A claim that is promised only now has been owed since the ticket was opened. */
async function addClaim(
  cx: CommandContext,
  { ticketId, event, before }: Step,
  state: TicketClocks,
  policy: CurrentPolicy | null,
): Promise<TicketClocks> {
  if (!before || !policy || !asksLogForClaim(before, state, policy)) return state;
  const earlier = await foldLog(cx, ticketId, event);
  return takeClaimFrom(foldEvent(earlier, event), state);
}

function fireAll(kept: TicketSla | null, at: number): { state: TicketClocks | null; due: Due[] } {
  const due: Due[] = [];
  const state =
    kept &&
    changeAll(kept, (clock) => {
      const fired = fireDue(clock, at);
      due.push(...fired.due);
      return fired.clock;
    });
  return { state, due };
}

function applyPolicy(state: TicketClocks, policy: CurrentPolicy | null, at: number) {
  const applied = new Set<string>();
  const next = changeAll(state, (clock) => {
    const promised = promiseOf(policy, clock.target, state.facts.priority);
    if (!needsPromise(clock, promised)) return clock;
    applied.add(clockKey(clock));
    return applyPromise(clock, promised, at);
  });
  return { state: next, applied };
}

function attach(held: Attached, match: Match | null, at: Date): Attached {
  const policyId = match?.policy.id ?? null;
  const policyVersion = match?.policy.version ?? null;
  if (held.policyId === policyId && held.policyVersion === policyVersion) return held;
  return { policyId, policyVersion, reason: match?.reason ?? null, matchedAt: at };
}

const changedClocks = (before: TicketSla | null, after: TicketClocks) => {
  const known = new Set(before?.clocks);
  return after.clocks.filter((clock) => !known.has(clock));
};

export async function matchFactsOf(
  db: Queryable,
  facts: Omit<MatchFacts, 'customerTags'> | TicketFacts,
  policies: readonly CurrentPolicy[],
): Promise<MatchFacts> {
  if (!asksForCustomerTags(policies)) return { ...facts, customerTags: [] };
  const row = await db.maybe<{ tags: string[] }>(
    sql`select tags from customers where id = ${facts.requesterId}`,
  );
  return { ...facts, customerTags: row?.tags ?? [] };
}
