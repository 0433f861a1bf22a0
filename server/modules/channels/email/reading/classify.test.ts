import { describe, expect, test } from 'vitest';
import { classify } from './classify.ts';
import { readFixture } from './read-corpus.ts';
import { readMessage } from './read-message.ts';

const classifyLines = (...lines: string[]) => classify(readMessage(Buffer.from(lines.join('\n'))));

test('a delivery report: each recipient, hard or not, and the mail it is about', () => {
  const result = classify(readMessage(readFixture('bounce')));
  expect(result).toMatchObject({ kind: 'bounce', mayAutoReply: false });
  expect(result.report?.originalMessageId).toBe('ticket-52.2@firstline.example');
  expect(result.report?.recipients).toEqual([
    { address: 'gone@example.net', action: 'failed', status: '5.1.1', hard: true },
    { address: 'full@example.net', action: 'failed', status: '5.2.2', hard: false },
    { address: 'slow@example.net', action: 'delayed', status: '4.4.1', hard: false },
  ]);
});

test('a bounce in plain words', () => {
  const result = classifyLines(
    'From: postmaster@example.net',
    'Subject: Returned mail: see transcript for details',
    '',
    '<gone@example.org>: 550 5.1.1 User unknown',
    'Message-ID: <abc@firstline.example>',
  );
  expect(result.kind).toBe('bounce');
  expect(result.report).toEqual({
    recipients: [{ address: 'gone@example.org', action: 'failed', status: '5.1.1', hard: true }],
    originalMessageId: 'abc@firstline.example',
  });
});

describe('a daemon that has not given up tells of a delay, in whatever words', () => {
  test.each([
    [
      'Exim',
      'Warning: message 1abc-0004 delayed 24 hours',
      'A message that you sent has not yet been delivered to one or more of its\nrecipients.\n\n  slow@example.org\n    Delay reason: Connection timed out',
    ],
    [
      'Sendmail',
      'Warning: could not send message for past 4 hours',
      '** THIS IS A WARNING MESSAGE ONLY **\n\n<slow@example.org>... Deferred: 451 4.2.0 try later',
    ],
    [
      'OpenSMTPD',
      'Delivery status notification: delayed',
      'A message is delayed for more than 4 hours for the following list of recipients:\n\nslow@example.org: No MX found',
    ],
  ])('%s', (_, subject, text) => {
    const { kind, report } = classifyLines(
      'From: Mail Delivery System <mailer-daemon@example.net>',
      `Subject: ${subject}`,
      '',
      text,
    );
    expect(kind).toBe('bounce');
    expect(report?.recipients).toMatchObject([
      { address: 'slow@example.org', action: 'delayed', hard: false },
    ]);
  });

  test('but a refusal that speaks of retries is one', () => {
    const { report } = classifyLines(
      'From: mailer-daemon@example.net',
      'Subject: Undelivered Mail',
      '',
      'Your message was delayed and is now returned.',
      '<gone@example.org>: 550 5.1.1 User unknown',
    );
    expect(report?.recipients).toMatchObject([{ action: 'failed', hard: true }]);
  });
});

describe('never answered', () => {
  test.each([
    ['auto_reply', ['Auto-Submitted: auto-replied']],
    ['auto_reply', ['Subject: Автоответ: Refund']],
    ['auto_reply', ['Subject: 自动答复: 订单']],
    ['auto_reply', ['Subject: תשובה אוטומטית: הזמנה']],
    ['auto_reply', ['X-Autoreply: yes']],
    ['auto_generated', ['Auto-Submitted: auto-generated']],
    ['auto_generated', ['Precedence: bulk']],
    ['auto_generated', ['List-Id: <news.example.com>']],
    ['auto_generated', ['Precedence: list']],
    ['normal', ['X-Auto-Response-Suppress: All']],
    ['normal', ['Feedback-ID: 1.eu-west-1.abc=:AmazonSES']],
    ['normal', ['X-Loop: me@b.example']],
    ['normal', ['Return-Path: <>']],
  ])('%s by %s', (kind, headers) => {
    expect(classifyLines('From: a@b.example', ...headers, '', 'hello')).toMatchObject({
      kind,
      mayAutoReply: false,
    });
  });

  test('senders that take no replies', () => {
    expect(classifyLines('From: no-reply@shop.example', '', 'hi')).toMatchObject({
      kind: 'normal',
      mayAutoReply: false,
    });
  });
});

test.each([
  ['REPLY', 'auto_generated', 'calendar_answer'],
  ['REQUEST', 'normal', null],
])('a calendar’s %s is not answered', (method, kind, sign) => {
  const result = classifyLines(
    'From: a@b.example',
    'Content-Type: multipart/alternative; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'On Monday',
    '--b',
    `Content-Type: text/calendar; method=${method}`,
    '',
    'BEGIN:VCALENDAR',
    `METHOD:${method}`,
    'END:VCALENDAR',
    '--b--',
  );
  expect(result).toEqual({ kind, mayAutoReply: false, sign });
});

test('people may be answered, a human postmaster too as far as the class goes', () => {
  expect(classifyLines('From: a@b.example', 'Subject: Help', '', 'hi')).toMatchObject({
    kind: 'normal',
    mayAutoReply: true,
  });
  expect(classifyLines('From: a@b.example', 'Subject: My delivery failed', '', 'hi').kind).toBe('normal');
  expect(classifyLines('From: postmaster@b.example', 'Subject: Help', '', 'hi').kind).toBe('normal');
});
