import { describe, expect, test } from 'vitest';
import { cpuMilliseconds } from '../../../../../test/cpu-milliseconds.ts';
import { splitReply } from './split-reply.ts';

describe('the line that introduces a quote', () => {
  test.each([
    'On Tue, 3 Mar 2026 at 10:15, Support <s@firstline.example> wrote:',
    'On Tue, 3 Mar 2026 at 10:15, Support\n<s@firstline.example> wrote:',
    'Am 03.03.2026 um 10:15 schrieb Support:',
    'Le mar. 3 mars 2026 à 10:15, Support <s@firstline.example> a écrit :',
    'El mar, 3 mar 2026 a las 10:15, Support (<s@firstline.example>) escribió:',
    'Em ter., 3 de mar. de 2026 às 10:15, Support <s@firstline.example> escreveu:',
    'Il giorno mar 3 mar 2026 alle ore 10:15 Support <s@firstline.example> ha scritto:',
    'Op di 3 mrt 2026 om 10:15 schreef Support <s@firstline.example>:',
    'wt., 3 mar 2026 o 10:15 Support <s@firstline.example> napisał(a):',
    'вт, 3 мар. 2026 г. в 10:15, Support <s@firstline.example>:',
    '3 марта 2026, 10:15, "Support" <s@firstline.example> пишет:',
    'вт, 3 бер. 2026 р. о 10:15 Support <s@firstline.example> пише:',
    'аў, 3 сак 2026 у 10:15 Support <s@firstline.example> піша:',
    'Support <s@firstline.example> 于2026年3月3日周二 10:15写道：',
    '2026年3月3日(火) 10:15 Support <s@firstline.example>:',
    'Den tis 3 mars 2026 kl 10:15 skrev Support <s@firstline.example>:',
    'tir. 3. mar. 2026 kl. 10:15 skrev Support <s@firstline.example\n>:',
    '\u202bבתאריך יום ג׳, 3 במרץ 2026 ב-10:15 מאת \u202aSupport\u202c\u200f <\u202as@firstline.example\u202c\u200f>:\u202c',
    'út 3. 3. 2026 v 10:15 odesílatel Support <s@firstline.example> napsal:',
  ])('%s', (intro) => {
    expect(splitReply(`My answer.\n\n${intro}\n> earlier\n> words`)).toEqual({
      visible: 'My answer.',
      signature: '',
      quote: `${intro}\n> earlier\n> words`,
    });
  });

  test('an unquoted earlier mail under it is folded too', () => {
    const { visible } = splitReply('Yes.\n\nAm 03.03.2026 um 10:15 schrieb Support:\n\nDid it arrive?');
    expect(visible).toBe('Yes.');
  });

  test.each(['On Monday I wrote to you about this:', 'As we wrote in 2016:', 'He wrote: no.'])(
    'not %s',
    (line) => {
      expect(splitReply(`${line}\nnothing came.`).quote).toBe('');
    },
  );
});

describe('copied headers', () => {
  test.each([
    'From: S <s@f.example>\nSent: Tuesday, 3 March 2026 10:15\nTo: me\nSubject: x',
    '*Von:* S <s@f.example>\n*Gesendet:* Dienstag\n*An:* ich\n*Betreff:* x',
    'De : S <s@f.example>\nEnvoyé : mardi 3 mars 2026\nÀ : moi\nObjet : x',
    'От: S <s@f.example>\nДата: вторник\nКому: мне\nТема: x',
    'Ад: S <s@f.example>\nДата: аўторак\nКаму: мне\nТэма: x',
    '发件人: S <s@f.example>\n发送时间: 2026年3月3日\n收件人: 我\n主题: x',
    '差出人: S <s@f.example>\n送信日時: 2026年3月3日\n宛先: 私\n件名: x',
    'Från: S <s@f.example>\nSkickat: den 3 mars\nTill: mig\nÄmne: x',
    'מאת: S <s@f.example>\nנשלח: יום שלישי 3 מרץ 2026 10:15\nאל: אני\nנושא: x',
    '----------------\nКому: Я (me@f.example);\nТема: x;\n03.03.2026, 10:15, "S" <s@f.example>:',
    '---Original---\nFrom: "S"<s@f.example>\nDate: Tue, Mar 3, 2026 10:15 AM\nTo: "me"<me@f.example>;',
    '-----Original Message-----\nanything',
    '-----Ursprüngliche Nachricht-----\nanything',
    '________________________________\nFrom: S <s@f.example>\nSent: Tuesday\nTo: me',
  ])('%s', (headers) => {
    expect(splitReply(`Danke!\n\n${headers}\n\nearlier words`)).toMatchObject({ visible: 'Danke!' });
  });
});

describe('signatures', () => {
  test.each([
    '-- \nJane\nACME',
    '--\nJane',
    '___\nlist@example',
    'Sent from my iPhone',
    'Von meinem iPhone gesendet',
    '发自我的 iPhone',
    'Отправлено с iPhone',
    'Envoyé de mon iPhone',
    'Skickat från min iPhone',
    'Get Outlook for iOS',
    'נשלח מה-iPhone שלי',
  ])('%s', (signature) => {
    const parts = splitReply(`Hello there.\n\n${signature}`);
    expect(parts.visible).toBe('Hello there.');
    expect(parts.visible + parts.signature).toBe(`Hello there.\n\n${signature}`);
  });
});

test('answers between quoted lines keep the lines they answer', () => {
  const text = '> Did it arrive?\nYes.\n> Is it whole?\nNo.';
  expect(splitReply(text)).toEqual({ visible: text, signature: '', quote: '' });
});

test('a mail that is only a quote stays visible', () => {
  expect(splitReply('> only this')).toEqual({ visible: '> only this', signature: '', quote: '' });
});

test('time grows with the text, not with its square', () => {
  for (const piece of [
    'On Mon wrote\n',
    '> x\n',
    'From: a\n',
    '--\n',
    'On ',
    '\n',
    'http://a.',
    '<',
    'a@b.example ',
  ]) {
    const text = piece.repeat(Math.ceil(400_000 / piece.length));
    expect(
      cpuMilliseconds(() => splitReply(text)),
      JSON.stringify(piece),
    ).toBeLessThan(3_000);
  }
});
