import { expect, test } from 'vitest';
import { eventWords } from './event-words.ts';

const t = (id: string) => id;
const plain = (words: string) => words.replaceAll(/[\u2066-\u2069]/g, '');

test('a mail that came back says to whom it was and why', () => {
  const data = { hard: true, status: '5.1.1', recipients: [{ customerId: 3 }] };
  const words = eventWords({ type: 'mail.bounced', data, people: ['Cora', 'Mia'] }, [], t);
  expect(plain(words)).toContain('Cora and Mia · ticket.bounce.hard · 5.1.1');
  const late = eventWords({ type: 'mail.delayed', data: { status: '4.4.1' }, people: ['Cora'] }, [], t);
  expect(plain(late)).toContain('Cora · 4.4.1');
});

test('an older one, which names nobody, says why', () => {
  const words = eventWords({ type: 'mail.bounced', data: { hard: false, status: null } }, [], t);
  expect(words).toContain(': ticket.bounce.soft');
});
