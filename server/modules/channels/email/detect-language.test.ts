import { expect, it } from 'vitest';
import { detectLanguage } from './detect-language.ts';

it.each([
  ['Мой прынтар гарыць, і я ўжо не ведаю, што рабіць далей.', null, 'be'],
  ['Мой принтер горит, и я уже не знаю, что делать дальше.', null, null],
  ['Мой принтер горит, и я уже не знаю, что делать дальше.', 'be', 'be'],
  ['Мій принтер горить, і я вже не знаю, що робити далі, їй-богу.', null, null],
  ['我的打印机着火了，请问应该怎么办？谢谢你们。', null, 'zh-CN'],
  ['我的印表機著火了，請問應該怎麼辦？謝謝你們。', null, 'zh-TW'],
  ['打印', 'zh-TW', 'zh-TW'],
  ['プリンターが燃えています。どうすればいいですか？', null, null],
  ['My printer is on fire and I do not know what to do about it.', 'be', 'en'],
  ['ok', 'be', 'be'],
  ['', null, null],
  ['Meine Rechnung ist falsch, bitte korrigieren Sie sie so schnell wie möglich.', null, null],
])('tells the language of %j (known: %s): %s', (text, prior, expected) => {
  expect(detectLanguage(text, prior)).toBe(expected);
});
