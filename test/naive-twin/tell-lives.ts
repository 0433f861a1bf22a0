import { type WrittenHours, walkSeconds } from './walk-minutes.ts';

/** One line of the exported log, as it is. */
export interface Line {
  id: number;
  type: string;
  ticketId: number | null;
  ticketSeq: number | null;
  actorKind: string;
  actorId: number | null;
  at: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the log says
  data: any;
}

/** A ticket as its lines tell it: an event of second `t` each, and how the ticket stood after it. */
export interface Told {
  id: number;
  // biome-ignore lint/suspicious/noExplicitAny: what the opening said
  opened: any;
  moments: Moment[];
  /** The moment with which it became demand; -1 for never. */
  entry: number;
  excluded: string | null;
  /** Open seconds on the hours that this ticket had at each moment. */
  business(from: number, to: number): number;
}

export interface Moment {
  t: number;
  line: Line;
  status: string;
  statusBefore: string;
  assigneeBefore: number | null;
  removed: boolean;
  touched: boolean;
  botSpoke: boolean;
}

export const over = (status: string) => status === 'solved' || status === 'closed';
export const isReply = ({ line }: Moment) => line.type === 'message.sent' && line.data.author === 'agent';
const isAsk = ({ line }: Moment) => line.type === 'message.received';

export function tellLives(lines: Line[]): Told[] {
  const hours = new Map<number, WrittenHours>();
  const byTicket = new Map<number, Line[]>();
  for (const line of lines) {
    if (line.type === 'schedule.created') hours.set(line.data.scheduleId, line.data.definition);
    if (line.ticketId !== null) byTicket.set(line.ticketId, [...(byTicket.get(line.ticketId) ?? []), line]);
  }
  return [...byTicket].map(([id, own]) => tellLife(id, own, hours));
}

function tellLife(id: number, own: Line[], hours: Map<number, WrittenHours>): Told {
  own.sort((a, b) => (a.ticketSeq ?? 0) - (b.ticketSeq ?? 0));
  const opening = own[0] as Line;
  const created = seconds(opening.at);
  const said = own.filter((line) => !isUndone(line, own));
  const timed = said.map((line, index) => ({
    line,
    t: index === 0 ? created : Math.max(created, seconds(line.at)),
  }));
  const rest = timed.slice(1).map((one, index) => ({ ...one, index }));
  rest.sort((a, b) => a.t - b.t || a.index - b.index);
  const moments = playMoments([timed[0] as { line: Line; t: number }, ...rest]);
  const opened = opening.data;
  const entry = opened.origin === 'proactive' ? moments.findIndex(isAsk) : 0;
  return {
    id,
    opened,
    moments,
    entry,
    excluded: reasonOf(moments, opened, entry),
    business: clockOf(timed, hours),
  };
}

/** Of a message that was taken back: the message, what else it had changed, and the changes back. */
function isUndone({ id, type, data }: Line, own: Line[]): boolean {
  if (data.undoes || own.some((other) => other.data.undoes?.includes(id))) return true;
  return (
    (type === 'message.sent' || type === 'message.received') &&
    own.some((other) => other.type === 'message.withdrawn' && other.data.messageId === data.messageId)
  );
}

const seconds = (at: string) => Math.floor(Date.parse(at) / 1000);

const marks: [string, string, string][] = [
  ['spam', 'ticket.marked_spam', 'ticket.unmarked_spam'],
  ['merged', 'ticket.merged', 'ticket.unmerged'],
  ['deleted', 'ticket.deleted', 'ticket.restored'],
];

function playMoments(timed: { line: Line; t: number }[]): Moment[] {
  let status = 'new';
  let assignee: number | null = timed[0]?.line.data.assigneeId ?? null;
  let touched = false;
  let botSpoke = false;
  const on = new Set<string>();
  return timed.map(({ line, t }) => {
    const before = { statusBefore: status, assigneeBefore: assignee };
    const { type, data } = line;
    if (type === 'ticket.opened') status = data.status;
    if (type === 'ticket.status_changed') status = data.to;
    if (type === 'ticket.assigned') assignee = data.to;
    if (type === 'ticket.claimed') assignee = data.agentId;
    touched ||=
      ((type === 'message.sent' || type === 'note.added') && data.author === 'agent') ||
      (type === 'ticket.assigned' && data.by === 'agent' && data.to !== null) ||
      (type === 'call.ended' && data.answered) ||
      type === 'ticket.claimed' ||
      type === 'ticket.handed_off';
    botSpoke ||= (type === 'message.sent' || type === 'note.added') && data.author === 'bot';
    for (const [mark, sets, clears] of marks) {
      if (type === sets) on.add(mark);
      if (type === clears) on.delete(mark);
    }
    return { t, line, status, ...before, removed: on.size > 0, touched, botSpoke };
  });
}

function reasonOf(moments: Moment[], opened: Told['opened'], entry: number): string | null {
  const has = (mark: string) => {
    const [, sets, clears] = marks.find(([name]) => name === mark) as [string, string, string];
    const last = moments.filter(({ line }) => line.type === sets || line.type === clears).at(-1);
    return last?.line.type === sets;
  };
  if (has('spam')) return 'spam';
  if (has('merged')) return 'merged';
  if (opened.training) return 'training';
  if (has('deleted')) return 'deleted';
  return entry < 0 ? 'proactive' : null;
}

function clockOf(timed: { line: Line; t: number }[], hours: Map<number, WrittenHours>) {
  const changes = timed.filter(({ line }) => line.type === 'ticket.schedule_changed');
  const first: number | null = timed[0]?.line.data.scheduleId ?? null;
  return (from: number, to: number): number => {
    const cuts = [from, ...changes.map(({ t }) => t).filter((t) => t > from && t < to), to];
    let sum = 0;
    for (let index = 1; index < cuts.length; index++) {
      const begin = cuts[index - 1] as number;
      const end = cuts[index] as number;
      const schedule =
        changes.filter(({ t }) => t <= begin).at(-1)?.line.data.to ??
        (changes.some(({ t }) => t <= begin) ? null : first);
      const open = schedule === null ? undefined : hours.get(schedule);
      sum += open ? walkSeconds(open, begin, end) : end - begin;
    }
    return sum;
  };
}

export interface Solve {
  t: number;
  undoneAt: number | null;
  byBot: boolean;
}

/** Changes from unsolved to solved or closed of a ticket that is demand and not set aside. */
export function solvesOf({ moments, entry }: Told): Solve[] {
  return moments.flatMap((moment, index) => {
    if (entry < 0 || index < entry || index === 0 || over(moment.statusBefore) || !over(moment.status))
      return [];
    if (moment.removed || moments.some(({ line, t }) => line.type === 'ticket.merged' && t === moment.t))
      return [];
    const reopening = moments
      .slice(index + 1)
      .find((later) => over(later.statusBefore) && !over(later.status));
    return [{ t: moment.t, undoneAt: reopening?.t ?? null, byBot: isByBotAlone(moments, index) }];
  });
}

export function isByBotAlone(moments: Moment[], index: number): boolean {
  const { line } = moments[index] as Moment;
  const before = moments[index - 1];
  if (line.actorKind === 'agent' || before?.touched) return false;
  return line.actorKind === 'bot' || before?.botSpoke === true;
}
