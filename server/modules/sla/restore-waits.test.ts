import { describe, expect, it } from 'vitest';
import { clocksOfStory, open, received, sent, status, type Told, takenBack } from './testing/play-clocks.ts';

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
