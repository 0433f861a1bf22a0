import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { decodeText } from './decode-charset.ts';
import { decodeWords } from './decode-header.ts';
import { readHeaderParams } from './header-params.ts';
import { unflowText } from './unflow-text.ts';

describe('text without a label is read by what it looks like', () => {
  test.each([
    ['gb18030', '你好，我想退货'],
    ['gb18030', '王芳'],
    ['big5', '您好，我想查詢訂單'],
    ['shift_jis', 'お問い合わせ'],
    ['euc-jp', '荷物が届きません'],
    ['euc-kr', '환불 문의'],
    ['koi8-r', 'Не работает вход'],
    ['windows-1251', 'Добры дзень, не працуе'],
    ['windows-1252', 'Ärger mit Bestellung'],
    ['windows-1252', '¿Dónde está mi pedido?'],
    ['utf-8', 'Прывітанне 你好 ✓'],
  ])('%s %s', (charset, text) => {
    expect(decodeText(iconv.encode(text, charset), null)).toBe(text);
  });
});

test.each([
  ['utf-8 sent as iso-8859-1', Buffer.from('Grüße'), 'iso-8859-1', 'Grüße'],
  ['gbk sent as gb2312', iconv.encode('镕基', 'gbk'), 'gb2312', '镕基'],
  ['cp1252 quotes sent as iso-8859-1', Buffer.from([0x93, 0x61, 0x94]), 'iso-8859-1', '“a”'],
  ['utf-7', Buffer.from('Hi +AOQ-'), 'unicode-1-1-utf-7', 'Hi ä'],
  ['utf-16', iconv.encode('Hi ä', 'utf-16le'), 'utf-16le', 'Hi ä'],
  [
    'one stray byte among utf-8',
    Buffer.concat([Buffer.from('déjà vu ça été '), Buffer.from([0xe9])]),
    'utf-8',
    'déjà vu ça été é',
  ],
  ['a label of nonsense', Buffer.from('Grüße'), '3Dutf-8"', 'Grüße'],
])('%s', (_, bytes, declared, text) => {
  expect(decodeText(bytes, declared)).toBe(text);
});

const teapot = '您好，我昨天买的茶壶到货的时候盖子已经碎了，请问可以换一个新的吗？';
const teapotTraditional = '您好，我昨天買的茶壺到貨的時候蓋子已經碎了，請問可以換一個新的嗎？';
const teapotJapanese = '昨日届いた急須のふたが割れていました。交換していただけますか。';
const teapotRussian = 'Здравствуйте! Вчера пришёл чайник с разбитой крышкой.';

describe('a label that cannot be true gives way to what the bytes say', () => {
  test.each([
    ['gbk', 'iso-8859-1', teapot],
    ['gbk', 'us-ascii', teapot],
    ['utf-8', 'gbk', teapot.slice(0, 14)],
    ['big5', 'gb2312', teapotTraditional],
    ['shift_jis', 'iso-2022-jp', teapotJapanese],
    ['windows-1251', 'iso-8859-1', teapotRussian],
    ['windows-1251', 'koi8-r', teapotRussian],
    ['koi8-r', 'windows-1251', teapotRussian],
  ])('%s sent as %s', (real, declared, text) => {
    expect(decodeText(iconv.encode(text, real), declared)).toBe(text);
  });

  test.each([
    ['windows-1252', 'iso-8859-1', 'Señor Núñez, ¿qué pasó? – “Sí”, dijo él: año, mañana, déjà vu.'],
    ['windows-1252', 'iso-8859-1', 'ÄÖÜ äöü'],
    ['windows-1251', 'windows-1251', 'ЗАКАЗ НЕ ПРИШЁЛ'],
    ['windows-1251', 'windows-1251', 'еКОМ: заказ не пришёл'],
    ['koi8-r', 'koi8-r', teapotRussian],
    ['gbk', 'gb2312', '联通'],
    ['shift_jis', 'shift_jis', teapotJapanese],
    ['big5', 'big5', teapotTraditional],
  ])('%s sent as %s stays', (real, declared, text) => {
    expect(decodeText(iconv.encode(text, real), declared)).toBe(text);
  });
});

test('a subject in ISO-2022-JP over several words', () => {
  const word = (bytes: string) => `=?ISO-2022-JP?B?${Buffer.from(bytes, 'latin1').toString('base64')}?=`;
  expect(decodeWords(`${word('\x1b$B5^?\\\x1b(B')} ${word('\x1b$B$N\x1b(B')}`)).toBe('急須の');
});

test.each([
  ['=?UTF-8?Q?a?= =?UTF-8?Q?b?=', 'ab'],
  ['=?UTF-8?Q?a?= b', 'a b'],
  ['=?iso-8859-1?Q?a b=E4?=', 'a bä'],
  ['=?utf-8*en?B?w6Q=?=', 'ä'],
  ['=?broken =?UTF-8?Q?x?=', '=?broken x'],
  ['no words', 'no words'],
])('encoded words: %s', (text, decoded) => {
  expect(decodeWords(text)).toBe(decoded);
});

test('parameters: quotes, semicolons inside them, continuations', () => {
  const { value, params } = readHeaderParams(
    'Attachment; filename="a;b.txt"; size=3; title*1="two"; title*0*=utf-8\'\'on%C3%A9%20',
  );
  expect(value).toBe('attachment');
  expect(Object.fromEntries(params)).toEqual({ filename: 'a;b.txt', size: '3', title: 'oné two' });
});

test('format=flowed: soft breaks join, quotes keep their depth, the signature line stays', () => {
  expect(unflowText('one \ntwo\n> a \n> b\n>> c\n-- \nme', false)).toBe('one two\n> a b\n>> c\n-- \nme');
  expect(unflowText('日 \n本', true)).toBe('日本');
});
