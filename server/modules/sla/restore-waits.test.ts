import { describe, expect, it } from 'vitest';
import {
  claimBack,
  claimed,
  clocksOfStory,
  open,
  received,
  sent,
  status,
  statusBack,
  type Told,
  takenBack,
} from './testing/play-clocks.ts';

const waits = (...story: Told[]) => clocksOfStory(story).filter((clock) => !clock.startsWith('resolution'));

describe('a reply that is taken back', () => {
  it('answered nobody: the wait goes on from where it began, and ends with the next reply', () => {
    const story = [open(), received(0), sent(10, 'agent', 5), takenBack(10, 5)];
    expect(waits(...story)).toContain('first_reply 1: 0- live');
    expect(waits(...story, sent(30, 'agent', 6))).toContain('first_reply 1: 0-30 fulfilled');
  });

  it('leaves what an earlier reply has ended', () => {
    const story = [open(), received(0), sent(10, 'agent', 5), received(20), sent(30, 'agent', 6)];
    expect(waits(...story, takenBack(30, 6))).toEqual([
      'claim 1: 0- live',
      'first_reply 1: 0-10 fulfilled',
      'next_reply 1: 20- live',
    ]);
    expect(waits(...story, sent(31, 'agent', 7), takenBack(31, 7))).toContain(
      'next_reply 1: 20-30 fulfilled',
    );
  });

  it('ends the wait of a message that came after it: there is only the older one', () => {
    const story = [open(), received(0), sent(10, 'agent', 5), received(10), takenBack(10, 5)];
    expect(waits(...story)).toEqual([
      'claim 1: 0- live',
      'first_reply 1: 0- live',
      'next_reply 1: 10- withdrawn',
    ]);
  });

  it('leaves a solution: nobody waits any more, unanswered', () => {
    const story = [open(), received(0), sent(10, 'agent', 5), status(10, 'new', 'solved'), takenBack(10, 5)];
    expect(waits(...story)).toContain('first_reply 1: 0- solved');
  });
});

describe('a reply that is taken back with what it had made of its ticket', () => {
  it('solved nothing: every promise goes on as if there had been no reply', () => {
    const before = [open(), received(0)];
    const solved = [...before, sent(10, 'agent', 5), status(10, 'new', 'solved')];
    const back = [...solved, statusBack(12, 'solved', 'new', 4), takenBack(12, 5)];
    expect(clocksOfStory(back)).toEqual(clocksOfStory(before));
    const again = [...back, sent(20, 'agent', 6), status(20, 'new', 'solved')];
    expect(clocksOfStory(again)).toEqual([
      'claim 1: 0- solved',
      'resolution 1: 0-20 fulfilled',
      'first_reply 1: 0-20 fulfilled',
    ]);
  });

  it('paused nothing, and woke nothing', () => {
    const open5 = [open(), status(5, 'new', 'open')];
    const slept = [...open5, sent(10, 'agent', 5), status(10, 'open', 'pending')];
    const awake = [...slept, statusBack(12, 'pending', 'open', 4), takenBack(12, 5)];
    expect(clocksOfStory(awake)).toEqual(clocksOfStory(open5));

    const asleep = [open(), status(5, 'new', 'pending')];
    const woken = [...asleep, sent(10, 'agent', 5), status(10, 'pending', 'open')];
    expect(clocksOfStory([...woken, statusBack(12, 'open', 'pending', 4), takenBack(12, 5)])).toEqual(
      clocksOfStory(asleep),
    );
  });

  it('reopened nothing: the next reopening goes on where the solution stopped', () => {
    const solved = [open(), sent(10, 'agent', 5), status(10, 'new', 'solved')];
    const reopened = [...solved, sent(20, 'agent', 6), status(20, 'solved', 'open')];
    const back = [...reopened, statusBack(22, 'open', 'solved', 5), takenBack(22, 6)];
    expect(clocksOfStory(back)).toEqual([...clocksOfStory(solved), 'resolution 2: 0-10 withdrawn']);
    const again = [...back, received(60), status(60, 'solved', 'open')];
    expect(clocksOfStory(again)).toContain('resolution 3: 0-10 60- live');
    // Cycles that never were do not hide a clock from what comes later.
    const more = [...again, sent(70, 'agent', 7), status(70, 'open', 'solved')];
    expect(clocksOfStory([...more, statusBack(72, 'solved', 'open', 11), takenBack(72, 7)])).toEqual(
      clocksOfStory(again),
    );
  });

  it('took nothing: it is still to be claimed', () => {
    const before = [open(), received(0)];
    const answered = [...before, sent(10, 'agent', 5), claimed(10, 3)];
    expect(clocksOfStory(answered)).toContain('claim 1: 0-10 fulfilled');
    const back = [...answered, claimBack(12, 3, 4), takenBack(12, 5)];
    expect(clocksOfStory(back)).toEqual(clocksOfStory(before));
    expect(clocksOfStory([...back, claimed(30, 4)])).toContain('claim 1: 0-30 fulfilled');
  });

  it('leaves the status that somebody gave it since', () => {
    const solved = [open(), received(0), sent(10, 'agent', 5), status(10, 'new', 'solved')];
    const reopened = [...solved, received(11), status(11, 'solved', 'open'), takenBack(12, 5)];
    expect(clocksOfStory(reopened)).toEqual([
      'claim 1: 0- solved',
      'resolution 1: 0-10 fulfilled',
      'first_reply 1: 0- solved',
      'claim 2: 11- live',
      'next_reply 1: 11- withdrawn',
      'resolution 2: 0-10 11- live',
      'first_reply 2: 11- live',
    ]);
  });

  it('paused what had begun in the very same second', () => {
    const slept = [open(), sent(0, 'agent', 5), status(0, 'new', 'pending')];
    const back = [...slept, statusBack(1, 'pending', 'new', 3), takenBack(1, 5)];
    expect(clocksOfStory(back)).toContain('resolution 1: 0- live');
  });
});

describe('a mail that is taken off the ticket', () => {
  const solved = [open(), received(0), sent(10, 'agent', 5), status(10, 'new', 'solved')];
  const reopened = [...solved, received(30, 6), status(30, 'solved', 'open')];

  it('lets nobody wait, and the solution stand', () => {
    const off = [...reopened, statusBack(40, 'open', 'solved', 6), takenBack(40, 6)];
    const never = ['claim 2: 30- withdrawn', 'next_reply 1: 30- withdrawn'];
    expect(waits(...off)).toEqual([...waits(...solved), ...never]);
    expect(clocksOfStory(off)).toContain('resolution 1: 0-10 fulfilled');
    expect(clocksOfStory(off).filter((clock) => clock.endsWith('live'))).toEqual([]);
  });

  it('takes nothing from a customer who wrote besides', () => {
    const both = [open(), received(0), sent(10, 'agent', 5), received(20, 6), received(30, 7)];
    expect(waits(...both, takenBack(40, 7))).toContain('next_reply 1: 20- live');
    const wrong = waits(...both, takenBack(40, 6));
    expect(wrong.slice(-2)).toEqual(['next_reply 1: 20- withdrawn', 'next_reply 2: 30- live']);
  });
});
