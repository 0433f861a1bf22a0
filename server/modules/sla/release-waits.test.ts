import { describe, expect, it } from 'vitest';
import { releaseWaits } from './release-waits.ts';
import { calendarTime, dateClock, startClock } from './sla-clock.ts';
import {
  absorbed,
  clocksOfStory,
  open,
  received,
  released,
  sent,
  status,
  type Told,
} from './testing/play-clocks.ts';

const answered = [open(), received(0), sent(10)];
/** What is owed, or was when the ticket went out of sight; claims are told apart. */
const replies = (...story: Told[]) => clocksOfStory(story).filter((clock) => clock.includes('_reply'));

describe('a merge that is undone', () => {
  it('ends the wait that it brought; the next one begins with the next message here', () => {
    expect(replies(...answered, absorbed(40, 30), released(50))).toEqual([
      'first_reply 1: 0-10 fulfilled',
      'next_reply 1: 30- unmerged',
    ]);
    expect(replies(...answered, absorbed(40, 30), released(50), received(60))).toContain(
      'next_reply 2: 60- live',
    );
  });

  it('leaves the wait that this ticket has of its own, from before the merge or after it', () => {
    expect(replies(...answered, received(35), absorbed(40, 30), released(50))).toContain(
      'next_reply 1: 35- live',
    );
    expect(replies(...answered, absorbed(40, 30), received(45), released(50))).toContain(
      'next_reply 1: 45- live',
    );
    expect(replies(...answered, received(20), absorbed(40, 30), released(50))).toContain(
      'next_reply 1: 20- live',
    );
  });

  it('leaves what was kept or ended meanwhile', () => {
    const kept = [...answered, absorbed(40, 30), sent(45)];
    expect(replies(...kept, released(50))).toEqual(replies(...kept));
    const solved = [...answered, absorbed(40, 30), status(45, 'open', 'solved')];
    expect(replies(...solved, released(50))).toEqual(replies(...solved));
  });

  it('takes back its own wait only, not that of another that is still here', () => {
    const two = [...answered, absorbed(40, 20, 8), absorbed(41, 30, 9)];
    expect(replies(...two, released(50, null, 8))).toContain('next_reply 1: 30- live');
    expect(replies(...two, released(50, null, 9))).toContain('next_reply 1: 20- live');
    expect(replies(...two, released(50, null, 8), released(51, null, 9))).toContain(
      'next_reply 1: 30- unmerged',
    );
  });

  it('brings less where the one that came in lost one of its own', () => {
    expect(replies(...answered, absorbed(40, 20), released(50, 35))).toContain('next_reply 1: 35- live');
    expect(replies(...answered, absorbed(40, 20), released(50, 35), released(55))).toContain(
      'next_reply 1: 35- unmerged',
    );
  });

  it('is told by each merge for itself, and out of sight too', () => {
    const again = [...answered, absorbed(40, 30), released(50), absorbed(60, 25)];
    expect(replies(...again)).toContain('next_reply 2: 25- live');
    expect(replies(...again, released(70))).toContain('next_reply 2: 25- unmerged');
    const hidden = [...answered, absorbed(40, 30), [45, 'ticket.merged', { into: 9 }] as Told, released(50)];
    expect(replies(...hidden, [60, 'ticket.unmerged', { from: 9 }])).toContain('next_reply 1: 30- unmerged');
  });

  it('gives a claim its own wait back, and ends a resolution that nobody here asked for', () => {
    expect(clocksOfStory([open(), absorbed(40, -20), released(50)])).toContain('claim 1: 0- live');
    const proactive = open({ origin: 'proactive' });
    expect(clocksOfStory([proactive, absorbed(40, 30), released(50)])).toContain(
      'resolution 1: 30- unmerged',
    );
    expect(clocksOfStory([proactive, absorbed(40, 30), received(45), released(50)])).toContain(
      'resolution 1: 45- live',
    );
  });

  it('takes back what was told by the older wait, unless it is so without it', () => {
    const minute = 60_000;
    const told = (since: number) => {
      const promised = {
        policyId: 1,
        policyVersion: 1,
        priority: null,
        clock: 'calendar',
        targetSeconds: 3600,
      } as const;
      const moved = { ...startClock('next_reply', 1, since), promised, runs: [[0, null]] as const };
      const clock = { ...dateClock(moved, calendarTime), warnedAt: 48 * minute, breachedAt: 60 * minute };
      const facts = { hidden: [] } as never;
      const without = { facts, clocks: [startClock('next_reply', 1, since)] };
      const at = 100 * minute;
      const { clocks } = releaseWaits(
        { facts, clocks: [clock] },
        { without, timeOf: () => calendarTime, at },
      );
      return clocks.map(({ warnedAt, breachedAt }) => [warnedAt !== null, breachedAt !== null]);
    };
    expect(told(90 * minute)).toEqual([[false, false]]);
    expect(told(50 * minute)).toEqual([[true, false]]);
    expect(told(30 * minute)).toEqual([[true, true]]);
  });
});
