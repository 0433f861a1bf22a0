import { expect, test } from 'vitest';
import { i18n } from '../../../../ui/language.ts';
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

test('a mail that stays in the outbox has not left the desk', () => {
  i18n.load('en', { 'ticket.event.mail.sent_kept': 'kept' });
  i18n.activate('en');
  expect(eventWords({ type: 'mail.sent', data: { state: 'kept' } }, [], t)).toBe(
    'ticket.event.mail.sent_kept',
  );
});
