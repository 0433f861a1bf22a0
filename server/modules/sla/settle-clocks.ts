import type { CommandContext } from '../../platform/command.ts';
import type { Deadline } from '../tickets/index.ts';
import type { CancelCause } from './events.ts';
import type { ClockIds, TicketSla } from './read-clocks.ts';
import {
  clockKey,
  type Due,
  dateClock,
  earliest,
  elapsedSeconds,
  isLive,
  isRunning,
  nextCheck,
  type Promised,
  type SlaClock,
} from './sla-clock.ts';
import type { TimeOf } from './ticket-time.ts';
import { takeClockIds, writeTicketSla } from './write-clocks.ts';

export const checkKind = 'sla.check';

export interface Settling {
  ticketId: number;
  /** Null when no clock was kept before. */
  before: TicketSla | null;
  after: TicketSla;
  /** New ones are added. */
  ids: ClockIds;
  due: Due[];
  /** Promises made, changed or taken back: the keys of their clocks. */
  applied: ReadonlySet<string>;
  timeOf: TimeOf;
  /** What dates the events that have no instant of their own. */
  at: Date;
  /** Makes the key of the next check differ from that of the job that runs now. */
  again?: { at: number; jobId: number };
}

/** Dates again what changed, writes it, tells it, sets the ticket's deadline and the next check. */
export async function settleClocks(cx: CommandContext, settling: Settling): Promise<TicketSla> {
  const { ticketId, before, timeOf } = settling;
  const known = new Set(before?.clocks);
  const after: TicketSla = {
    ...settling.after,
    clocks: settling.after.clocks.map((clock) =>
      known.has(clock) || !isLive(clock) ? clock : dateClock(clock, timeOf(clock)),
    ),
  };
  const changed = after.clocks.filter((clock) => !known.has(clock));
  if (changed.length === 0 && sameTicket(before, after)) return after;
  await takeClockIds(cx.tx, settling.ids, changed);
  const deadline = changedDeadline(before, after);
  writeTicketSla(cx, ticketId, after, { clocks: changed, ids: settling.ids, deadline });
  tell(cx, { ...settling, after }, changed);
  if (settling.again || !isCheckedBy(cx.now, before, after))
    enqueueCheck(cx, ticketId, after, settling.again);
  return after;
}

export function sameTicket(before: TicketSla | null, after: TicketSla): boolean {
  return before !== null && before.facts === after.facts && before.attached === after.attached;
}

function tell(cx: CommandContext, settling: Settling, changed: SlaClock[]): void {
  const { ticketId, before, ids, due, applied, timeOf, at } = settling;
  const old = new Map(before?.clocks.map((clock) => [clockKey(clock), clock]));
  const name = (clock: SlaClock) => {
    const { target, cycle } = clock;
    return { clockId: ids.stored.get(clockKey(clock)) as number, target, cycle };
  };
  for (const { kind, clock, at: dueInstant } of due) {
    const data = { ...name(clock), policyId: policyOf(clock), dueAt: iso(clock.dueAt) };
    cx.record(`sla.${kind}`, ticketId, data, new Date(dueInstant));
  }
  for (const clock of changed) {
    const was = old.get(clockKey(clock));
    if (applied.has(clockKey(clock))) {
      const {
        policyId,
        policyVersion,
        priority,
        clock: measure,
        targetSeconds,
      } = clock.promised ?? noPromise;
      const data = { ...name(clock), policyId, policyVersion, priority, clock: measure, targetSeconds };
      cx.record('sla.target_applied', ticketId, { ...data, dueAt: iso(clock.dueAt) }, at);
    }
    if (!clock.promised) continue;
    const named = { ...name(clock), policyId: clock.promised.policyId };
    if (clock.breachedAt === null && (was?.breachedAt ?? null) !== null) {
      cx.record('sla.breach_retracted', ticketId, named, at);
    }
    // Who takes what is solved already keeps no promise: that ended with the solution.
    if (clock.fulfilledAt !== null && (was?.fulfilledAt ?? null) === null && clock.cancelledBy !== 'solved') {
      cx.record('sla.fulfilled', ticketId, { ...named, ...outcomeOf(clock, clock.promised, timeOf) }, at);
    }
    if (clock.cancelledBy !== null && (was?.cancelledBy ?? null) === null) {
      cx.record('sla.cancelled', ticketId, { ...named, cause: clock.cancelledBy satisfies CancelCause }, at);
    }
  }
}

const noPromise = { policyId: null, policyVersion: null, priority: null, clock: null, targetSeconds: null };

const policyOf = ({ promised }: SlaClock): number => (promised as Promised).policyId;

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

function outcomeOf(clock: SlaClock, { targetSeconds }: Promised, timeOf: TimeOf) {
  const used = elapsedSeconds(clock, timeOf(clock), clock.fulfilledAt as number);
  return { elapsedSeconds: used, targetSeconds, met: clock.breachedAt === null && used <= targetSeconds };
}

/** The next promise that runs, and whether one is being broken. */
function deadlineOf({ clocks }: Pick<TicketSla, 'clocks'>): Deadline {
  const running = clocks.filter((clock) => isRunning(clock) && clock.dueAt !== null);
  const dueAt = earliest(running.map((clock) => clock.dueAt));
  const next = running.find((clock) => clock.dueAt === dueAt);
  return {
    warnAt: dateOf(next?.warnAt),
    dueAt: dateOf(next?.dueAt),
    dueTarget: next?.target ?? null,
    breached: clocks.some((clock) => isLive(clock) && clock.breachedAt !== null),
  };
}

const dateOf = (at: number | null | undefined): Date | null => (at == null ? null : new Date(at));

function changedDeadline(before: TicketSla | null, after: TicketSla): Deadline | null {
  const next = deadlineOf(after);
  const old = deadlineOf(before ?? { clocks: [] });
  const isSame =
    Number(next.warnAt) === Number(old.warnAt) &&
    Number(next.dueAt) === Number(old.dueAt) &&
    next.dueTarget === old.dueTarget &&
    next.breached === old.breached;
  return isSame ? null : next;
}

/**
 * A check was set for an instant that is still to come and no later than the next one asked for: it will find nothing
 * due, and set the next.
 */
function isCheckedBy(now: Date, before: TicketSla | null, after: TicketSla): boolean {
  const set = nextCheckOf(before ?? { clocks: [] });
  const asked = nextCheckOf(after);
  return asked === null || (set !== null && set > now.getTime() && set <= asked);
}

const nextCheckOf = ({ clocks }: Pick<TicketSla, 'clocks'>): number | null => earliest(clocks.map(nextCheck));

/** Many jobs of one ticket may wait; each reads what is due when it comes, and the same instant is kept once. */
export function enqueueCheck(
  cx: CommandContext,
  ticketId: number,
  sla: Pick<TicketSla, 'clocks'>,
  again?: Settling['again'],
): void {
  const at = nextCheckOf(sla);
  if (at === null) return;
  const suffix = again && again.at === at ? `:${again.jobId}` : '';
  cx.enqueue({
    kind: checkKind,
    key: `${checkKind}:${ticketId}:${at}${suffix}`,
    payload: { ticketId, at },
    runAt: new Date(at),
  });
}
