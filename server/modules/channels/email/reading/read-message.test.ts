import { describe, expect, test } from 'vitest';
import { readFixture } from './read-corpus.ts';
import { readMail } from './read-mail.ts';
import { readMessage } from './read-message.ts';

const read = (name: string) => readMessage(readFixture(name));
const write = (...lines: string[]) => Buffer.from(lines.join('\n'));

describe('envelope', () => {
  test('ids without brackets, addresses in lower-case domains, the date as an instant', () => {
    const mail = read('plain-reply');
    expect(mail.from).toEqual({ name: 'Алена Крук', address: 'alena@example.org' });
    expect(mail.messageId).toBe('reply-1@example.org');
    expect(mail.inReplyTo).toEqual(['ticket-52.2@firstline.example']);
    expect(mail.references).toHaveLength(3);
    expect(mail.date?.toISOString()).toBe('2026-03-03T07:15:00.000Z');
    expect(mail.returnPath).toBe('alena@example.org');
  });

  test('a sender without a domain stays a sender', () => {
    expect(read('sender-without-domain').from).toEqual({ name: 'Nightly job', address: 'oracle' });
  });

  test('doubled headers: the first one counts, both are kept', () => {
    const mail = read('broken-structure');
    expect(mail.from?.address).toBe('heidi@example.com');
    expect(mail.subject).toBe('One');
    expect(mail.headers.from).toHaveLength(2);
  });

  test('a mail without From belongs to its Sender, Reply-To or Return-Path', () => {
    expect(readMessage(write('Reply-To: a@b.example', '', 'x')).from?.address).toBe('a@b.example');
    expect(readMessage(write('Return-Path: <c@d.example>', 'From: Some Body', '', 'x')).from).toEqual({
      name: 'Some Body',
      address: 'c@d.example',
    });
    expect(readMessage(write('Subject: x', '', 'x')).from).toBeNull();
  });

  test('header lines that lost their indent, mbox and SMTP lines in front', () => {
    const mail = readMessage(
      write(
        'HELO x.example',
        'From someone Mon May 7',
        'X-Key: abc',
        'def==',
        'From: a@b.example',
        'Subject: s',
        '',
        'body',
      ),
    );
    expect(mail).toMatchObject({ subject: 's', text: 'body', from: { address: 'a@b.example' } });
  });

  test('no control character survives in a header', () => {
    const mail = readMessage(write('From: a@b.example', 'Subject: =?utf-8?Q?a=0D=0ABcc:_x=00?=', '', 'x'));
    expect(mail.subject).not.toMatch(/\p{Cc}/u);
  });
});

describe('charsets', () => {
  test.each([
    ['gb2312-raw-headers', '王芳', '发票问题，请帮我重新开具', '您好，我的发票金额不正确。'],
    ['iso-2022-jp-raw-headers', '田中', '配送について', '荷物が届きません。'],
    [
      'koi8-unlabelled',
      'Иван',
      'Не работает вход в личный кабинет',
      'Здравствуйте, не могу войти, помогите пожалуйста.',
    ],
    ['latin1-that-is-utf8', 'Zoé', 'Facture reçue', 'J’ai déjà payé.'],
  ])('%s', (name, sender, subject, text) => {
    const mail = read(name);
    expect(mail.from?.name).toBe(sender);
    expect(mail.subject).toBe(subject);
    expect(mail.text.trim()).toBe(text);
  });

  test('an encoded word cut inside a character is read whole', () => {
    const mail = readMessage(
      write('From: a@b.example', 'Subject: =?utf-8?B?0KE=?= =?utf-8?Q?=D1?=', ' =?utf-8?Q?=8B?=', '', ''),
    );
    expect(mail.subject).toBe('Сы');
  });
});

describe('body and files', () => {
  test('a false base64 label does not eat the text', () => {
    expect(read('sender-without-domain').text).toContain('not base64 at all!');
  });

  test('a multipart whose boundary never comes is still read', () => {
    expect(read('broken-structure').text).toContain('The words are still here.');
  });

  test('inline images are known by their content id, names by RFC 2231', () => {
    const mail = read('inline-image');
    expect(mail.text.trim()).toBe('See the picture.');
    expect(mail.attachments).toHaveLength(1);
    expect(mail.attachments[0]).toMatchObject({
      fileName: 'Bild über alles.png',
      contentId: 'shot@desk',
      contentType: 'image/png',
      inline: true,
    });
    expect(mail.attachments[0]!.bytes).toHaveLength(8);
  });

  test('a nested message stays one file, named after its subject', () => {
    const mail = read('forwarded-message');
    expect(mail.attachments.map((one) => one.fileName)).toEqual(['photo.eml']);
    expect(Buffer.from(mail.attachments[0]!.bytes).toString()).toContain('--inner--');
  });

  test('hostile file names', () => {
    expect(read('hostile-attachments').attachments.map((one) => one.fileName)).toEqual([
      'htaccess',
      '_con.txt',
    ]);
  });
});

describe('the whole reading', () => {
  test('reply: flowed text, signature and quote apart', () => {
    const { text, subject } = readMail(readFixture('plain-reply'));
    expect(text.visible).toBe(
      'Thank you, the money has arrived. One more question, which is rather long and therefore soft-broken.',
    );
    expect(text.signature.trim()).toBe('-- \nAlena Kruk\nMinsk');
    expect(text.quote).toContain('We have sent the refund.');
    expect(subject).toEqual({
      base: 'Refund for order 4711 [#52]',
      depth: 1,
      isForward: false,
      ticketNumber: 52,
    });
  });

  test('Outlook: the copied headers and what follows are folded, looks stay, nothing runs', () => {
    const { html, text } = readMail(readFixture('outlook-html-reply'));
    expect(text.visible).toContain('It arrived – thanks.');
    expect(text.visible).not.toContain('on its way');
    expect(html?.visible).toContain('<p style="color:#1f497d">');
    expect(html?.visible).toContain('dir="rtl"');
    expect(html?.quote).toContain('Your parcel is on its way.');
    expect(html?.visible).not.toMatch(/alert|script|position|<style/);
  });

  test('a forward is the message: it stays visible', () => {
    const { text } = readMail(readFixture('forwarded-message'));
    expect(text.visible).toContain('My kettle leaks.');
    expect(text.visible).toContain('Erin <erin@example.net>');
  });

  test('remote images wait, inline ones point at their file', () => {
    const { html } = readMail(readFixture('inline-image'));
    expect(html?.visible).toContain('data-firstline-cid="shot@desk"');
    expect(html?.remoteImages).toBe(1);
    expect(html?.visible).not.toMatch(/ src=/);
  });
});

test('the same words for other programs are neither text nor files', () => {
  const mail = readMessage(
    write(
      'From: a@b.example',
      'Content-Type: multipart/alternative; boundary=A',
      '',
      '--A',
      'Content-Type: text/plain',
      '',
      'plain',
      '--A',
      'Content-Type: text/x-amp-html',
      '',
      '<html amp4email>amp</html>',
      '--A',
      'Content-Type: text/watch-html',
      '',
      '<b>watch</b>',
      '--A',
      'Content-Type: text/html',
      '',
      '<p>html</p>',
      '--A--',
    ),
  );
  expect(mail).toMatchObject({ text: 'plain', attachments: [] });
  expect(mail.html).toContain('<p>html</p>');
});
