import { describe, expect, it } from 'vitest';
import { stemBelarusian } from './belarusian-stem.ts';
import { quoteLexeme, readTexts, writeDocument } from './build-document.ts';
import { foldWord } from './fold-word.ts';
import { highlighter } from './highlight.ts';
import { wordLanguage } from './languages.ts';
import { parseQuery } from './parse-query.ts';
import { readMoment } from './read-moment.ts';
import { textQuery } from './text-query.ts';
import { tokenize } from './tokenize.ts';

const lexemes = (text: string) => tokenize(text).map((token) => token.lexeme);

describe('folding', () => {
  it.each([
    ['Ёлка', 'елка'],
    ['Слоўнік', 'слоунік'],
    ['зима', 'зіма'],
    ["аб'ява", 'абява'],
    ['аб’ява', 'абява'],
    ['абʼява', 'абява'],
    ['Größe', 'grosse'],
    ['ＡＢＣ１', 'abc1'],
    ['開發票', '开发票'],
    ['й', 'й'],
  ])('%s is %s', (text, folded) => expect(foldWord(text)).toBe(folded));
});

describe('tokens', () => {
  it('are words, and pairs where no spaces are written', () => {
    expect(lexemes('Order INV-2031, 发票!')).toEqual(['order', 'inv', '2031', '发票', '票']);
    expect(lexemes('重新开具')).toEqual(['重新', '新开', '开具', '具']);
    expect(lexemes('メール届かない')).toHaveLength(7);
  });

  it('know where they stand', () => {
    const text = 'a 发票 b';
    expect(tokenize(text).map(({ start, end }) => text.slice(start, end))).toEqual(['a', '发票', '票', 'b']);
  });

  it('survive odd input', () => {
    for (const odd of ['', '\u0000', '\ud800', '🙂👩‍👩‍👧', "'''", '\\', 'x'.repeat(5000)])
      expect(() => tokenize(odd)).not.toThrow();
  });
});

describe('queries', () => {
  it('are words, phrases, negations and fields', () => {
    const { texts, filters } = parseQuery(
      'lamp "at night" -moon status:open -tag:vip created>2026-01-01 priority>=high foo:bar',
    );
    expect(
      texts.map((term) => [term.tokens.map((token) => token.lexeme).join(' '), term.negated, term.exact]),
    ).toEqual([
      ['lamp', false, false],
      ['at night', false, true],
      ['moon', true, false],
      ['foo bar', false, false],
    ]);
    expect(filters).toEqual([
      { field: 'status', comparison: ':', value: 'open', negated: false },
      { field: 'tag', comparison: ':', value: 'vip', negated: true },
      { field: 'created', comparison: '>', value: '2026-01-01', negated: false },
      { field: 'priority', comparison: '>=', value: 'high', negated: false },
    ]);
  });

  it('quote every lexeme, so that nothing typed is an operator', () => {
    for (const typed of ["' | 'x", 'a & !b', "\\' or 1=1 --", ':*', '<->', "o'clock \\"]) {
      const query = textQuery(parseQuery(typed).texts, new Map()) ?? '';
      expect(query.replace(/'(?:[^'\\]|''|\\\\)*'(:\*)?/g, '')).toMatch(/^[()!&| <>-]*$/);
    }
    expect(quoteLexeme("a'b\\c")).toBe("'a''b\\\\c'");
  });

  it('ask for a Chinese word as neighbours and for one character by its beginning', () => {
    expect(textQuery(parseQuery('重新开具').texts, new Map())).toBe("('重新' <-> '新开' <-> '开具')");
    expect(textQuery(parseQuery('票').texts, new Map())).toBe("('票':*)");
  });

  it('read times', () => {
    const now = new Date('2026-03-02T09:00:00Z');
    const read = (text: string, zone = 'UTC') => readMoment(text, now, zone);
    expect(read('2026-03-01')?.until.toISOString()).toBe('2026-03-02T00:00:00.000Z');
    expect(read('2026-03-01', 'Asia/Shanghai')).toEqual({
      from: new Date('2026-02-28T16:00:00Z'),
      until: new Date('2026-03-01T16:00:00Z'),
      after: new Date('2026-03-01T16:00:00Z'),
    });
    // The clock goes forward: a day of 23 hours.
    const short = read('2026-03-29', 'Europe/Berlin');
    expect((short?.until.getTime() ?? 0) - (short?.from.getTime() ?? 0)).toBe(23 * 3_600_000);
    expect(read('2026-03-01T10:00', 'Asia/Shanghai')?.from.toISOString()).toBe('2026-03-01T02:00:00.000Z');
    expect(read('2026-03-01T10:00Z', 'Asia/Shanghai')?.from.toISOString()).toBe('2026-03-01T10:00:00.000Z');
    expect(read('4hours')?.from.toISOString()).toBe('2026-03-02T05:00:00.000Z');
    for (const none of ['2026-13-45', '2026-02-30', 'soon', '2026-03-01T25:00Z', '2026-03-01T25:00'])
      expect(read(none), none).toBeNull();
  });
});

describe('documents', () => {
  it('keep texts apart, so that a phrase does not cross them', () => {
    expect(writeDocument(readTexts(['a b', 'c'], 'en'), new Map())).toBe("'a':1 'b':2 'c':5");
  });

  it('choose the language by letters where it is not known', () => {
    expect([
      wordLanguage('дзякуй, усё працуе ў нас', null),
      wordLanguage('спасибо', null),
      wordLanguage('danke', 'de-AT'),
    ]).toEqual(['be', 'ru', 'de']);
  });

  it('cut Belarusian endings', () => {
    const stems = ['дапамога', 'дапамогі', 'дапамогу', 'дапамогай'].map((word) =>
      stemBelarusian(foldWord(word)),
    );
    expect(new Set(stems)).toEqual(new Set(['дапамог']));
  });
});

describe('highlights', () => {
  it('give the places, never HTML', () => {
    const found = highlighter(parseQuery('lamp'), new Map())('The <b>lamp</b> is a lamp');
    expect(found?.ranges.map(([from, to]) => found.text.slice(from, to))).toEqual(['lamp', 'lamp']);
    expect(highlighter(parseQuery('lamp'), new Map())('nothing')).toBeNull();
    const chinese = highlighter(parseQuery('重新开具'), new Map())('请帮我重新開具發票');
    expect(chinese?.ranges.map(([from, to]) => chinese.text.slice(from, to))).toEqual(['重新開具']);
  });
});
