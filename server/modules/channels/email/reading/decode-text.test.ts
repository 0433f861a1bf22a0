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
