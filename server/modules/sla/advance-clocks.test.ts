import { describe, expect, it } from 'vitest';
import type { EventMap, EventType, RecordedEvent } from '../../platform/events/event-map.ts';
import { advanceClocks, pauseOrResume, type TicketClocks } from './advance-clocks.ts';
import { cutInstant } from './sla-clock.ts';

type Told = [minute: number, type: EventType, data?: object];

const opened: EventMap['ticket.opened'] = {
  status: 'new',
  channel: 'email',
  origin: 'inbound',
  requesterId: 1,
  organizationId: null,
  inboxId: null,
  scheduleId: null,
  teamId: null,
  assigneeId: null,
  tier: null,
  priority: null,
  ticketType: null,
  language: null,
  tags: [],
  training: false,
  followUpOf: null,
};
const start = Date.parse('2026-03-02T09:00:00Z');

function event([minute, type, data = {}]: Told, index: number): RecordedEvent {
  const at = new Date(start + minute * 60_000);
  return {
    id: index + 1,
    commandId: index + 1,
    type,
    version: 1,
    ticketId: 7,
    ticketSeq: index + 1,
    actor: { kind: 'system', id: null },
    causedBy: null,
    at,
    recordedAt: at,
    position: null,
    data: data as RecordedEvent['data'],
  };
}

/** Each clock as `target cycle: minutes-runs outcome`. */
function clocksOf(...story: Told[]): string[] {
  const state = story.map(event).reduce<TicketClocks | null>((before, each) => {
    const after = advanceClocks(before, each);
    return after && pauseOrResume(after, ['pending'], cutInstant(each.at));
  }, null);
  const minute = (at: number | null) => (at === null ? '' : String((at - start) / 60_000));
  return (state?.clocks ?? []).map((clock) => {
    const runs = clock.runs.map(([from, to]) => `${minute(from)}-${minute(to)}`).join(' ');
    const end = clock.fulfilledAt === null ? (clock.cancelledBy ?? 'live') : 'fulfilled';
    return `${clock.target} ${clock.cycle}: ${runs} ${end}`;
  });
}

const status = (minute: number, from: string, to: string): Told => [
  minute,
  'ticket.status_changed',
  { from, to },
];
const received = (minute: number): Told => [minute, 'message.received', { author: 'customer' }];
const sent = (minute: number, author = 'agent'): Told => [minute, 'message.sent', { author }];
const open = (more: Partial<typeof opened> = {}): Told => [0, 'ticket.opened', { ...opened, ...more }];

describe('the clocks of a ticket', () => {
  it('a first reply is owed once; later ones from the oldest message without an answer', () => {
    expect(
      clocksOf(open(), received(0), received(5), sent(10), received(20), received(25), sent(30)),
    ).toEqual(['resolution 1: 0- live', 'first_reply 1: 0-10 fulfilled', 'next_reply 1: 20-30 fulfilled']);
  });

  it('a bot answers nobody; its hand-off starts the wait for people', () => {
    expect(clocksOf(open(), received(0), sent(1, 'bot'), [5, 'ticket.handed_off'], sent(9))).toEqual([
      'resolution 1: 0- live',
      'first_reply 1: 0- handed_off',
      'first_reply 2: 5-9 fulfilled',
    ]);
  });

  it('solved without a reply, then reopened: the first reply is owed from there', () => {
    expect(
      clocksOf(open(), received(0), status(10, 'new', 'solved'), received(60), status(60, 'solved', 'open')),
    ).toEqual([
      'resolution 1: 0-10 fulfilled',
      'first_reply 1: 0- solved',
      'first_reply 2: 60- live',
      'resolution 2: 0-10 60- live',
    ]);
  });

  it('solved to closed ends nothing twice', () => {
    const solved = [open(), sent(5), status(10, 'new', 'solved')];
    expect(clocksOf(...solved, status(20, 'solved', 'closed'))).toEqual(clocksOf(...solved));
  });

  it('who phoned was answered; who phones and writes later waits for the next reply', () => {
    const call = open({ channel: 'phone', origin: 'on_behalf' });
    expect(clocksOf(call, sent(1), received(30))).toEqual([
      'resolution 1: 0- live',
      'next_reply 1: 30- live',
    ]);
  });

  it('a ticket of our own making starts with the first customer message', () => {
    expect(clocksOf(open({ origin: 'proactive', status: 'open' }), sent(0), received(45))).toEqual([
      'resolution 1: 45- live',
      'first_reply 1: 45- live',
    ]);
  });

  it('resolution stands still in pending, replies do not', () => {
    const story = [open(), received(0), status(10, 'new', 'pending'), status(40, 'pending', 'on_hold')];
    expect(clocksOf(...story)).toEqual(['resolution 1: 0-10 40- live', 'first_reply 1: 0- live']);
  });

  it('spam and deletion hide until both are undone', () => {
    const hidden: Told[] = [
      open(),
      received(0),
      [5, 'ticket.marked_spam'],
      [6, 'ticket.deleted'],
      [7, 'ticket.restored'],
    ];
    expect(clocksOf(...hidden)).toEqual(['resolution 1: 0- hidden', 'first_reply 1: 0- hidden']);
    expect(clocksOf(...hidden, [8, 'ticket.unmarked_spam'])).toEqual([
      'resolution 1: 0- live',
      'first_reply 1: 0- live',
    ]);
  });

  it('solved before it was hidden, reopened while it was: back, it is owed again', () => {
    expect(
      clocksOf(
        open(),
        sent(5),
        status(10, 'open', 'solved'),
        [20, 'ticket.marked_spam'],
        received(30),
        status(30, 'solved', 'open'),
        [40, 'ticket.unmarked_spam'],
      ),
    ).toEqual([
      'resolution 1: 0-10 fulfilled',
      'first_reply 1: 0-5 fulfilled',
      'resolution 2: 0-10 40- live',
    ]);
  });

  const absorbed = (minute: number, waitingMinute: number | null): Told => [
    minute,
    'ticket.absorbed',
    {
      ticketId: 8,
      waitingSince: waitingMinute === null ? null : new Date(start + waitingMinute * 60_000).toISOString(),
    },
  ];

  it('whoever waited on a ticket that is merged in waits here, since then', () => {
    const answered = [open(), received(0), sent(10)];
    expect(clocksOf(...answered, absorbed(40, 30), sent(50))).toEqual([
      'resolution 1: 0- live',
      'first_reply 1: 0-10 fulfilled',
      'next_reply 1: 30-50 fulfilled',
    ]);
    expect(clocksOf(...answered, absorbed(40, null))).toEqual(clocksOf(...answered));
  });

  it('merged into one that owes a reply: the older message is what counts', () => {
    expect(clocksOf(open(), sent(5), received(30), absorbed(40, 20))).toContain('next_reply 1: 20- live');
    expect(clocksOf(open(), sent(5), received(30), absorbed(40, 35))).toContain('next_reply 1: 30- live');
  });

  it('merged into a solved one, or one out of sight: nobody waits', () => {
    const solved = [open(), sent(5), status(10, 'open', 'solved')];
    expect(clocksOf(...solved, absorbed(40, 30))).toEqual(clocksOf(...solved));
    expect(clocksOf(open(), sent(5), [10, 'ticket.marked_spam'], absorbed(40, 30))).toEqual([
      'resolution 1: 0- hidden',
      'first_reply 1: 0-5 fulfilled',
    ]);
  });

  it('practice promises nothing, and before it opened there is nothing', () => {
    expect(clocksOf(open({ training: true }), received(0), sent(5))).toEqual([]);
    expect(clocksOf(received(0))).toEqual([]);
  });
});
