import type { TimelineEntry } from '../../../../../server/modules/tickets/contract.ts';

/** A clock or a figure, as named in `ticket.clock.*`. */
export type Clock =
  | 'first_reply'
  | 'next_reply'
  | 'claim'
  | 'resolution'
  | 'waiting'
  | 'reopens'
  | 'reassignments'
  | 'escalations'
  | 'transfers'
  | 'satisfaction'
  | 'handle_time';
export type Effect = { how: 'starts' | 'stops' | 'pauses' | 'resumes' | 'counts'; clock: Clock };

type Rule = (data: Record<string, unknown>, before: readonly TimelineEntry[]) => Effect[];

const asleep = new Set(['pending', 'on_hold']);
const done = new Set(['solved', 'closed']);
/** The agents' answers among these events, without those that were taken back before they were sent. */
function answersIn(events: readonly TimelineEntry[]): TimelineEntry[] {
  const undone = events.flatMap(({ type, data }) => (type === 'message.withdrawn' ? data.messageId : []));
  return events.filter(
    ({ type, data }) =>
      type === 'message.sent' && data.author === 'agent' && !undone.includes(data.messageId),
  );
}

const replyClock = (before: readonly TimelineEntry[]): Clock =>
  answersIn(before).length > 0 ? 'next_reply' : 'first_reply';

const rules: Record<string, Rule> = {
  'ticket.opened': (data) =>
    data.origin === 'proactive'
      ? [{ how: 'starts', clock: 'resolution' }]
      : [
          { how: 'starts', clock: 'first_reply' },
          ...(data.assigneeId == null ? [{ how: 'starts', clock: 'claim' } as const] : []),
          { how: 'starts', clock: 'resolution' },
        ],
  'message.received': (_, before) =>
    answersIn(before).length > 0
      ? [{ how: 'starts', clock: 'next_reply' }]
      : [{ how: 'starts', clock: 'waiting' }],
  'message.sent': (data, before) => {
    if (data.author !== 'agent') return [];
    return [{ how: 'stops', clock: replyClock(before) }];
  },
  'message.withdrawn': ({ messageId }, before) => {
    const sent = before.findIndex(
      ({ type, data }) => type === 'message.sent' && data.messageId === messageId,
    );
    return sent < 0 ? [] : [{ how: 'resumes', clock: replyClock(before.slice(0, sent)) }];
  },
  'ticket.claimed': (_, before) =>
    before.some((entry) => entry.type === 'ticket.claimed') ? [] : [{ how: 'stops', clock: 'claim' }],
  'ticket.assigned': ({ from, to }) =>
    from != null && to != null ? [{ how: 'counts', clock: 'reassignments' }] : [],
  'ticket.team_changed': ({ from, to }) =>
    from != null && to != null ? [{ how: 'counts', clock: 'transfers' }] : [],
  'ticket.tier_changed': ({ from, to }) =>
    Number(to ?? 0) > Number(from ?? 0) && from != null ? [{ how: 'counts', clock: 'escalations' }] : [],
  'ticket.status_changed': ({ from, to }) => statusEffects(String(from), String(to)),
  'survey.answered': () => [{ how: 'counts', clock: 'satisfaction' }],
  'call.ended': () => [{ how: 'counts', clock: 'handle_time' }],
};

function statusEffects(from: string, to: string): Effect[] {
  if (done.has(from) && !done.has(to))
    return [
      { how: 'counts', clock: 'reopens' },
      { how: 'resumes', clock: 'resolution' },
    ];
  if (to === 'solved') return [{ how: 'stops', clock: 'resolution' }];
  if (asleep.has(to) && !asleep.has(from)) return [{ how: 'pauses', clock: 'resolution' }];
  if (asleep.has(from) && to === 'open') return [{ how: 'resumes', clock: 'resolution' }];
  return [];
}

/** Which clocks and figures an event moved, given what had happened on the ticket before it. */
export function effectsOf(entry: TimelineEntry, before: readonly TimelineEntry[]): Effect[] {
  const undoes = undoneBy(entry);
  if (undoes.length > 0) return effectsOfUndoing(entry, before, undoes);
  const undone = new Set(before.flatMap((each) => undoneBy(each)));
  const counting = before.filter((each) => !undone.has(each.eventId) && undoneBy(each).length === 0);
  return rules[entry.type]?.(entry.data, counting) ?? [];
}

const undoneBy = ({ data }: TimelineEntry): number[] => (Array.isArray(data.undoes) ? data.undoes : []);

/** What only takes an earlier change back is counted no more than that, and a claim is owed again. */
function effectsOfUndoing(
  entry: TimelineEntry,
  before: readonly TimelineEntry[],
  undoes: number[],
): Effect[] {
  const isClaim = ({ eventId, type }: TimelineEntry) => type === 'ticket.claimed' && undoes.includes(eventId);
  if (before.some(isClaim)) return [{ how: 'resumes', clock: 'claim' }];
  const effects = rules[entry.type]?.(entry.data, before) ?? [];
  return effects.filter(({ how }) => how !== 'counts');
}
