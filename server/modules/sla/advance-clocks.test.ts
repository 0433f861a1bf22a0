import { describe, expect, it } from 'vitest';
import { absorbed, clocksOfStory, open, received, sent, status, type Told } from './testing/play-clocks.ts';

/** Claims are told apart. */
const clocksOf = (...story: Told[]) => clocksOfStory(story).filter((clock) => !clock.startsWith('claim'));

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
