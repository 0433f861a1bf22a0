import { isByBotAlone, isReply, type Moment, over, solvesOf, type Told } from './tell-lives.ts';

/** Every KPI counted anew from what the log tells, by plain loops. Instants are seconds since 1970. */

export interface Counted {
  value: number | null;
  numerator: number;
  denominator: number;
  n: number;
  median: number | null;
  p90: number | null;
  exclusions: Record<string, number>;
}

export interface Question {
  from: number;
  to: number;
  asOf: number;
}

type Count = (tickets: Told[], question: Question) => Counted;

const reasons = ['spam', 'merged', 'training', 'deleted', 'proactive'];

const within = (t: number, { from, to, asOf }: Question) => t >= from && t < to && t <= asOf;
const lastSecond = ({ to, asOf }: Question) => Math.min(to - 1, asOf);
const byHours = (ticket: Told) => ticket.opened.channel !== 'phone' && ticket.opened.channel !== 'chat';
const elapsed = (ticket: Told, from: number, to: number) =>
  byHours(ticket) ? ticket.business(from, to) : to - from;

function leftOut(tickets: Told[]): Record<string, number> {
  return Object.fromEntries(
    reasons.map((reason) => [reason, tickets.filter(({ excluded }) => excluded === reason).length]),
  );
}

function counting(kept: Told[], all: Told[]): Counted {
  const n = kept.length;
  return { value: n, numerator: n, denominator: n, n, median: null, p90: null, exclusions: leftOut(all) };
}

function share(numerator: number, denominator: number, n: number, all: Told[]): Counted {
  const value = denominator === 0 ? null : (numerator * 100) / denominator;
  return { value, numerator, denominator, n, median: null, p90: null, exclusions: leftOut(all) };
}

function ranks(values: number[]): { median: number | null; p90: number | null } {
  const list = [...values].sort((a, b) => a - b);
  if (list.length === 0) return { median: null, p90: null };
  const half = list.length / 2;
  const at = (index: number) => list[index] as number;
  const median = Number.isInteger(half) ? (at(half - 1) + at(half)) / 2 : at(Math.floor(half));
  let rank = 1;
  while (rank * 10 < list.length * 9) rank += 1;
  return { median, p90: at(rank - 1) };
}

function times(values: number[], all: Told[]): Counted {
  const sum = values.reduce((total, value) => total + value, 0);
  const n = values.length;
  return {
    value: n === 0 ? null : sum / n,
    numerator: sum,
    denominator: n,
    n,
    ...ranks(values),
    exclusions: leftOut(all),
  };
}

const kept = ({ excluded }: Told) => excluded === null;

const volume: Count = (tickets, question) => {
  const all = tickets.filter(({ moments, entry }) =>
    within((moments[Math.max(entry, 0)] as Moment).t, question),
  );
  return counting(all.filter(kept), all);
};

const solved: Count = (tickets, question) => {
  const all = tickets.filter((ticket) => solvesOf(ticket).some(({ t }) => within(t, question)));
  const people = all.filter((ticket) =>
    solvesOf(ticket).some(({ t, byBot }) => within(t, question) && !byBot),
  );
  return counting(people.filter(kept), all);
};

const flow: Count = (tickets, question) => {
  const created = tickets.filter(({ moments, entry }) =>
    within((moments[Math.max(entry, 0)] as Moment).t, question),
  );
  const done = tickets.filter(
    (ticket) => kept(ticket) && solvesOf(ticket).some(({ t }) => within(t, question)),
  );
  const base = created.filter(kept);
  return share(done.length, base.length, new Set([...base, ...done]).size, created);
};

const stock: Count = (tickets, question) => {
  const end = lastSecond(question);
  const there = tickets.filter(({ moments, entry, opened }) => {
    if (opened.training || entry < 0 || (moments[entry] as Moment).t > end) return false;
    const now = moments.filter(({ t }) => t <= end).at(-1) as Moment;
    return !now.removed && !over(now.status);
  });
  return counting(there, []);
};

function answerOf(ticket: Told): { t: number; seconds: number } | null {
  const { moments, entry, opened } = ticket;
  if (entry < 0 || (opened.origin === 'on_behalf' && opened.channel === 'phone')) return null;
  let start = (moments[entry] as Moment).t;
  let handed = false;
  let bot = false;
  const solves = new Set(solvesOf(ticket).map(({ t }) => t));
  for (let index = entry; index < moments.length; index++) {
    const moment = moments[index] as Moment;
    if (isReply(moment)) return { t: moment.t, seconds: elapsed(ticket, start, moment.t) };
    if (moment.line.type === 'ticket.handed_off' && !handed) {
      start = moment.t;
      handed = true;
    }
    if (!over(moment.statusBefore) && over(moment.status) && solves.has(moment.t))
      bot = isByBotAlone(moments, index);
    if (over(moment.statusBefore) && !over(moment.status) && bot) {
      start = moment.t;
      handed = false;
      bot = false;
    }
  }
  return null;
}

const answered: Count = (tickets, question) => {
  const all = tickets.filter((ticket) => within(answerOf(ticket)?.t ?? Number.NaN, question));
  return times(
    all.filter(kept).map((ticket) => answerOf(ticket)?.seconds ?? 0),
    all,
  );
};

const limit = (ticket: Told) => (byHours(ticket) ? 3600 : 60);

function takesIt({ line, assigneeBefore }: Moment): boolean {
  const { type, data, actorKind, actorId } = line;
  if (type === 'ticket.claimed') return true;
  if (type === 'ticket.assigned') {
    const doer = actorKind === 'agent' ? actorId : null;
    return data.by === 'agent' && data.to !== null && (doer === null || doer === data.to);
  }
  const worker =
    type === 'ticket.status_changed' && actorKind === 'agent'
      ? actorId
      : type === 'message.sent' || type === 'note.added'
        ? data.author === 'agent' && data.authorId
        : type === 'call.ended' && data.agentId;
  return typeof worker === 'number' && worker === assigneeBefore;
}

const claimed: Count = (tickets, question) => {
  const end = lastSecond(question);
  const demand = tickets.filter(({ entry }) => entry >= 0);
  const takenAt = (ticket: Told) => ticket.moments.slice(ticket.entry).find(takesIt)?.t ?? null;
  const since = (ticket: Told) => (ticket.moments[ticket.entry] as Moment).t;
  const all = demand.filter((ticket) => within(takenAt(ticket) ?? Number.NaN, question));
  const taken = all.filter(kept);
  const seconds = taken.map((ticket) => elapsed(ticket, since(ticket), takenAt(ticket) as number));
  const inTime = taken.filter((ticket, index) => (seconds[index] as number) <= limit(ticket)).length;
  const late = demand.filter((ticket) => {
    const taken = takenAt(ticket);
    if (!kept(ticket) || since(ticket) > end || (taken !== null && taken <= end)) return false;
    const now = ticket.moments.filter(({ t }) => t <= end).at(-1) as Moment;
    return !now.removed && !over(now.status) && elapsed(ticket, since(ticket), end) > limit(ticket);
  });
  const judged = taken.length + late.length;
  return { ...share(inTime, judged, judged, all), ...ranks(seconds) };
};

const resolved: Count = (tickets, question) => {
  const standing = (ticket: Told) =>
    solvesOf(ticket).filter(
      ({ t, undoneAt }) => within(t, question) && (undoneAt === null || undoneAt > question.asOf),
    );
  const all = tickets.flatMap((ticket) => standing(ticket).map(({ t }) => ({ ticket, t })));
  const counted = all.filter(({ ticket }) => kept(ticket));
  const values = counted.map(({ ticket, t }) => t - (ticket.moments[ticket.entry] as Moment).t);
  return times(
    values,
    all.map(({ ticket }) => ticket),
  );
};

const reopened: Count = (tickets, question) => {
  const inside = (ticket: Told) => solvesOf(ticket).filter(({ t }) => within(t, question));
  const all = tickets.filter((ticket) => inside(ticket).length > 0);
  const base = all.filter(kept);
  const again = base.filter((ticket) =>
    inside(ticket).some(({ undoneAt }) => undoneAt !== null && undoneAt <= question.asOf),
  );
  return share(again.length, base.length, base.length, all);
};

const promised: Count = (tickets, question) => {
  const judged = tickets.flatMap((ticket) => {
    if (ticket.entry < 0) return [];
    const outcomes: Record<string, { t: number; met: boolean }> = {};
    for (const { line, t } of ticket.moments) {
      if (line.type === 'sla.breach_retracted') delete outcomes[line.data.clockId];
      if (line.type !== 'sla.fulfilled' && line.type !== 'sla.breached') continue;
      outcomes[line.data.clockId] ??= { t, met: line.data.met === true };
    }
    const inside = Object.values(outcomes).filter(({ t }) => within(t, question));
    return inside.map(({ met }) => ({ ticket, met }));
  });
  const base = judged.filter(({ ticket }) => kept(ticket));
  return share(
    base.filter(({ met }) => met).length,
    base.length,
    base.length,
    judged.map(({ ticket }) => ticket),
  );
};

export const counts: Record<string, Count> = {
  ticket_volume: volume,
  volume_by_channel: volume,
  tickets_solved: solved,
  solved_to_created: flow,
  backlog: stock,
  first_response_time: answered,
  claim_time: claimed,
  resolution_time: resolved,
  sla: promised,
  reopen_rate: reopened,
};
