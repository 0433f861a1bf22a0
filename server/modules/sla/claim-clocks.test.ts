import { describe, expect, it } from 'vitest';
import {
  absorbed,
  clocksOfStory,
  open,
  type opened,
  received,
  status,
  type Told,
} from './testing/play-clocks.ts';

const claimsOf = (...story: Told[]) => clocksOfStory(story).filter((clock) => clock.startsWith('claim'));

describe('the claim of a ticket', () => {
  const [ann, bob] = [3, 4];
  const assigned = (minute: number, to: number | null, actor?: number, by = 'agent'): Told => [
    minute,
    'ticket.assigned',
    { from: null, to, by },
    actor,
  ];
  const claimed = (minute: number, agentId: number): Told => [minute, 'ticket.claimed', { agentId }, agentId];
  const wrote = (minute: number, type: 'message.sent' | 'note.added', agentId: number): Told => [
    minute,
    type,
    { author: 'agent', authorId: agentId },
    agentId,
  ];
  const fulfilled = (minute: number) => [`claim 1: 0-${minute} fulfilled`];

  it('is owed where a customer comes and nobody has the ticket', () => {
    expect(claimsOf(open(), received(0))).toEqual(['claim 1: 0- live']);
    expect(claimsOf(open({ origin: 'on_behalf' }))).toEqual(['claim 1: 0- live']);
    expect(claimsOf(open({ channel: 'phone' }))).toEqual(['claim 1: 0- live']);
    const none: Partial<typeof opened>[] = [
      { assigneeId: ann },
      { channel: 'phone', origin: 'on_behalf' },
      { origin: 'proactive' },
      { training: true },
    ];
    for (const more of none) expect(claimsOf(open(more), received(5))).toEqual([]);
  });

  it.each<[string, Told[], string[]]>([
    ['is kept by claiming', [assigned(4, ann, ann), claimed(4, ann)], fulfilled(4)],
    ['by assigning it to oneself', [assigned(4, ann, ann)], fulfilled(4)],
    ['by hand, where the log does not say whose', [assigned(4, ann)], fulfilled(4)],
    ['not by a rule', [assigned(4, ann, undefined, 'routing')], ['claim 1: 0- live']],
    ['nor by a colleague', [assigned(4, ann, bob)], ['claim 1: 0- live']],
    [
      'but by answering what one was given',
      [assigned(4, ann, bob), wrote(6, 'message.sent', ann)],
      fulfilled(6),
    ],
    ['by a note on it', [assigned(4, ann, undefined, 'routing'), wrote(6, 'note.added', ann)], fulfilled(6)],
    [
      'by a call on it',
      [assigned(4, ann, bob), [6, 'call.ended', { answered: true, agentId: ann }]],
      fulfilled(6),
    ],
    [
      'by a change of its status',
      [assigned(4, ann, bob), [6, 'ticket.status_changed', { from: 'new', to: 'pending' }, ann]],
      fulfilled(6),
    ],
    ['not by what others do', [assigned(4, ann, bob), wrote(6, 'note.added', bob)], ['claim 1: 0- live']],
    [
      'nor by whom it was taken from',
      [assigned(4, ann, bob), assigned(5, null, bob), wrote(6, 'note.added', ann)],
      ['claim 1: 0- live'],
    ],
    ['once', [claimed(4, ann), assigned(5, null, ann), claimed(9, bob)], fulfilled(4)],
  ])('%s', (_, story, expected) => {
    expect(claimsOf(open(), received(0), ...story)).toEqual(expected);
  });

  it('never pauses, and nobody owes it on what was solved unclaimed, until the customer is back', () => {
    expect(claimsOf(open(), status(5, 'new', 'pending'))).toEqual(['claim 1: 0- live']);
    const solved = [open(), received(0), status(10, 'new', 'solved')];
    expect(claimsOf(...solved)).toEqual(['claim 1: 0- solved']);
    expect(claimsOf(...solved, received(60), status(60, 'solved', 'open'), claimed(70, ann))).toEqual([
      'claim 1: 0- solved',
      'claim 2: 60-70 fulfilled',
    ]);
    expect(claimsOf(...solved, claimed(20, ann), received(60), status(60, 'solved', 'open'))).toEqual([
      'claim 1: 0-20 fulfilled',
    ]);
    const taken = [open(), claimed(5, ann), status(10, 'new', 'solved'), received(60)];
    expect(claimsOf(...taken)).toEqual(fulfilled(5));
  });

  it('waits out of sight, unless somebody took it there', () => {
    const hidden: Told[] = [open(), [5, 'ticket.marked_spam']];
    expect(claimsOf(...hidden)).toEqual(['claim 1: 0- hidden']);
    expect(claimsOf(...hidden, [9, 'ticket.unmarked_spam'])).toEqual(['claim 1: 0- live']);
    expect(claimsOf(...hidden, claimed(7, ann), [9, 'ticket.unmarked_spam'])).toEqual(fulfilled(7));
  });

  it('is owed since the older wait that a merge brings, and to nobody new once it was kept', () => {
    expect(claimsOf(open(), absorbed(40, -20))).toEqual(['claim 1: -20- live']);
    expect(claimsOf(open(), claimed(5, ann), absorbed(40, 20))).toEqual(fulfilled(5));
    const merged: Told[] = [open(), [5, 'ticket.merged', { into: 9 }]];
    expect(claimsOf(...merged)).toEqual(['claim 1: 0- hidden']);
    expect(claimsOf(...merged, [8, 'ticket.unmerged'])).toEqual(['claim 1: 0- live']);
  });
});
