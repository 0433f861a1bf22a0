import { expect, test } from 'vitest';
import { baseSubject, ticketNumberInSubject } from './subject.ts';

test.each([
  ['Refund', 'Refund', 0, false],
  ['Re: Refund', 'Refund', 1, false],
  ['AW: WG: Refund', 'Refund', 2, false],
  ['Fwd: Re: Refund', 'Refund', 2, true],
  ['回复：转发：退款', '退款', 2, false],
  ['Адк: Пер: Вяртанне', 'Вяртанне', 2, false],
  ['Re: [Team] Re[4]: simple subject  ', 'simple subject', 5, false],
  ['RE: RE: Re : x', 'x', 3, false],
  ['Re: [#52] Refund', '[#52] Refund', 1, false],
  ['Response: none', 'Response: none', 0, false],
])('%s', (subject, base, depth, isForward) => {
  expect(baseSubject(subject)).toEqual({ base, depth, isForward });
});

test.each([
  ['Re: Refund [#52]', 52],
  ['AW: [#11168] Refund', 11168],
  ['Re: Your case [#7] is late [#52]', 52],
  ['Invoice #77', null],
  ['#77', null],
  ['[Ticket#11168]', null],
  ['[Shop #1234] Refund', null],
  ['[# 52]', null],
  ['room 77', null],
  ['[#0]', null],
  ['[#99999999999999999999]', null],
])('number in %s', (subject, number) => {
  expect(ticketNumberInSubject(subject)).toBe(number);
});
