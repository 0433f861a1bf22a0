import type { CommandContext } from '../../platform/command.ts';
import { type Queryable, sql } from '../../platform/db/database.ts';
import type { RecordedEvent } from '../../platform/events/event-map.ts';
import { listEventsOfTicket } from '../../platform/events/read-events.ts';
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
import { type Attached, readTicketSla, type StoredSla, type TicketSla } from './read-clocks.ts';
import { settleClocks } from './settle-clocks.ts';
import { applyPromise, cutInstant, type Due, fireDue, isLive } from './sla-clock.ts';
import { currentSchedule, isOpening, type TicketFacts } from './ticket-facts.ts';
import { timeOfTicket } from './ticket-time.ts';
import { clockKey } from './write-clocks.ts';

const unattached: Attached = { policyId: null, policyVersion: null, reason: null, matchedAt: null };

/** What the commands of one transaction have read and written, by ticket: a command is often several events. */
const readInCommand = new WeakMap<Queryable, Map<number, Promise<StoredSla>>>();

/** One event of a ticket: what fell due before it, what it starts and ends, and which promise holds from here on. */
export async function followEvent(cx: CommandContext, event: RecordedEvent): Promise<void> {
  const { ticketId } = event;
  if (ticketId === null) return;
  const stored = await readOnce(cx.tx, ticketId);
  const policies = await policiesOf(cx.tx, stored.stamp);
  if (policies.length === 0 && !stored.sla) return;
  if (claimTypes.includes(event.type) && !(stored.sla && owesClaim(stored.sla))) return;
  const kept = stored.sla ?? (await foldEarlier(cx.tx, ticketId, event));
  const sla = await advance(cx, { ticketId, event, policies, before: stored.sla, kept });
  if (sla) readInCommand.get(cx.tx)?.set(ticketId, Promise.resolve({ ...stored, sla }));
}

followEvent.ahead = (tx: Queryable, { ticketId }: RecordedEvent): void => {
  if (ticketId !== null) readOnce(tx, ticketId).catch(() => undefined);
};

function readOnce(tx: Queryable, ticketId: number): Promise<StoredSla> {
  const read = readInCommand.get(tx) ?? new Map<number, Promise<StoredSla>>();
  readInCommand.set(tx, read);
  const stored = read.get(ticketId) ?? readTicketSla(tx, ticketId);
  read.set(ticketId, stored);
  return stored;
}

/** A ticket from before the first policy, or from an import: its log says what clocks would have run. */
async function foldEarlier(tx: Queryable, ticketId: number, event: RecordedEvent): Promise<TicketSla | null> {
  if (isOpening(event)) return null;
  const folded = await foldLog(tx, ticketId, event);
  return folded && { ...folded, attached: unattached };
}

async function foldLog(tx: Queryable, ticketId: number, until: RecordedEvent): Promise<TicketClocks | null> {
  const events = await listEventsOfTicket(tx, ticketId);
  return events
    .filter((earlier) => earlier.commandId !== until.commandId || earlier.id < until.id)
    .reduce<TicketClocks | null>(foldEvent, null);
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

async function advance(cx: CommandContext, step: Step): Promise<TicketSla | null> {
  const { ticketId, event, policies, before, kept } = step;
  const at = cutInstant(event.at);
  const { state, due } = fireAll(kept, at);
  const moved = advanceClocks(state, event);
  if (!moved) return null;
  const match = matchPolicy(policies, await matchFactsOf(cx.tx, moved.facts, policies));
  const owed = await addClaim(cx.tx, step, moved, match?.policy ?? null);
  const promised = applyPolicy(owed, match?.policy ?? null, at);
  const asked = withoutUnpromisedClaims(promised.state, before);
  const paused = pauseOrResume(asked, match?.policy.pausesIn ?? pausesByDefault, at);
  const rescheduled = kept !== null && currentSchedule(kept.facts) !== currentSchedule(paused.facts);
  const after = {
    // A new object dates a clock anew.
    ...(rescheduled ? changeAll(paused, (clock) => (isLive(clock) ? { ...clock } : clock)) : paused),
    attached: attach(kept?.attached ?? unattached, match, event.at),
  };
  const timeOf = await timeOfTicket(cx.tx, after.facts, changedClocks(before, after));
  return settleClocks(cx, { ticketId, before, after, due, applied: promised.applied, timeOf, at: event.at });
}

/** A claim that is promised only now has been owed since the ticket was opened. */
async function addClaim(
  tx: Queryable,
  { ticketId, event, before }: Step,
  state: TicketClocks,
  policy: CurrentPolicy | null,
): Promise<TicketClocks> {
  if (!before || !policy || !asksLogForClaim(before, state, policy)) return state;
  const earlier = await foldLog(tx, ticketId, event);
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
