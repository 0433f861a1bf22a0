// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from 'vitest';
import { cpuMilliseconds } from '../../../../../test/cpu-milliseconds.ts';
import { cleanHtml } from './clean-html.ts';
import { hasCorpora, readCorpus } from './read-corpus.ts';

const none: ReadonlySet<string> = new Set();
const clean = (html: string, cids = none) => cleanHtml(html, { cids }).html;

const active =
  /^(script|style|iframe|frame|frameset|object|embed|applet|form|input|button|select|textarea|svg|math|base|meta|link|template|audio|video|noscript)$/i;
const attributes = new Set(
  (
    'style dir lang title align data-firstline-mark href rel target src alt width height border hspace vspace ' +
    'data-firstline-cid data-firstline-src color face size cellpadding cellspacing bgcolor summary colspan rowspan ' +
    'valign nowrap headers scope span start type reversed value noshade datetime'
  ).split(' '),
);

/** Everything in `html` that a browser could run, load or submit, as it parses it. */
function findActive(html: string): string[] {
  const holder = document.createElement('div');
  holder.innerHTML = html;
  const found: string[] = [];
  for (const element of holder.querySelectorAll('*')) {
    if (active.test(element.tagName)) found.push(element.tagName);
    for (const { name, value } of element.attributes) {
      if (!attributes.has(name)) found.push(name);
      if (name === 'href' && !/^(https?:\/\/[^/\\]|mailto:|tel:)/i.test(value)) found.push(`href ${value}`);
      if (name === 'src' && !/^data:image\/(png|gif|jpe?g|webp);base64,/i.test(value))
        found.push(`src ${value}`);
      if (name === 'data-firstline-src' && !/^https?:\/\/[^/\\]/i.test(value)) found.push(`remote ${value}`);
      if (name === 'style' && /url|expression|@|\\|javascript|position|behaviou?r/i.test(value))
        found.push(value);
    }
  }
  return found;
}

describe('looks stay as sent', () => {
  test.each([
    '<p style="color:#1f497d;font-size:11pt;font-family:Calibri,sans-serif">Grüße</p>',
    '<table border="1" cellpadding="4" width="100%"><tbody><tr><td bgcolor="#eeeeee" colspan="2" valign="top">x</td></tr></tbody></table>',
    '<ol start="3"><li>three</li><li>four</li></ol>',
    '<div dir="rtl" lang="ar">مرحبا</div>',
    '<font color="red" face="Arial" size="2">old mail</font>',
    '<blockquote style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex">quoted</blockquote>',
    '<pre>  two\n    spaces</pre>',
    '<b>a</b> <i>b</i> <u>c</u> <s>d</s> <sub>e</sub><sup>f</sup>',
    '<h1 align="center">Title</h1><hr size="1" />',
    '<img alt="dot" width="3" src="data:image/png;base64,iVBORw0KGgo=" />',
  ])('%s', (html) => {
    expect(clean(html)).toBe(html);
  });

  test('links open apart and tell nobody', () => {
    expect(
      clean('<a href="https://shop.example/a?b=1&amp;c=2">x</a><a href="mailto:a@b.example">y</a>'),
    ).toBe(
      '<a href="https://shop.example/a?b=1&amp;c=2" rel="noopener noreferrer" target="_blank">x</a>' +
        '<a href="mailto:a@b.example" rel="noopener noreferrer" target="_blank">y</a>',
    );
  });
});

describe('nothing loads, nothing leads back to us', () => {
  test.each([
    ['<a href="/logout">x</a>', '<a>x</a>'],
    ['<a href="https:logout">x</a>', '<a>x</a>'],
    ['<a href="#top">x</a>', '<a>x</a>'],
    ['<a href="java\tscript:alert(1)">x</a>', '<a>x</a>'],
    ['<img src="/api/desk/v1/logout">', ''],
    ['<img src="data:image/svg+xml;base64,AAAA">', ''],
    ['<p style="position:fixed;top:0;color:red">x</p>', '<p style="color:red">x</p>'],
    ['<p style="background:url(https://t.example/p)">x</p>', '<p>x</p>'],
    ['<p style="width:expression(alert(1));margin:-50px">x</p>', '<p>x</p>'],
    ['<p class="fixed inset-0" id="root" onclick="x()">x</p>', '<p>x</p>'],
    ['<td background="https://t.example/p">x</td>', '<td>x</td>'],
    ['<p>a<script>alert(1)</script><style>p{}</style><title>t</title>b</p>', '<p>ab</p>'],
    ['<form action="https://evil.example"><input name="password">ok</form>', 'ok'],
  ])('%s', (html, expected) => {
    expect(clean(html)).toBe(expected);
  });

  test('remote images are counted and wait; content ids are matched', () => {
    const html =
      '<img src="https://t.example/p.gif" alt="a"><img src="//t.example/q.gif"><img src="CID:a%40b"><img src="cid:other">';
    const result = cleanHtml(html, { cids: new Set(['a@b']) });
    expect(result.remoteImages).toBe(2);
    expect(result.html).toBe(
      '<img alt="a" data-firstline-src="https://t.example/p.gif" /><img data-firstline-src="https://t.example/q.gif" />' +
        '<img data-firstline-cid="a@b" />',
    );
  });

  test('our own placeholder attributes are checked like any other', () => {
    expect(clean('<img data-firstline-src="javascript:alert(1)"><img data-firstline-cid="a b">')).toBe('');
  });
});

test('text of it: blocks on lines of their own, no addresses of links', () => {
  const { text } = cleanHtml(
    '<div>One</div><div>Two <a href="https://x.example">link</a></div><ul><li>a</li><li>b</li></ul>',
    {
      cids: none,
    },
  );
  expect(text).toBe('One\nTwo link\n * a\n * b');
});

test('half a million nested elements are no work', () => {
  const used = cpuMilliseconds(() =>
    expect(clean(`${'<div>'.repeat(500_000)}deep`)).not.toMatch(/(<div>){301}/),
  );
  expect(used).toBeLessThan(5_000);
  expect(cleanHtml(`${'<div>'.repeat(100_000)}deep${'</div>'.repeat(100_000)}`, { cids: none }).text).toBe(
    'deep',
  );
});

describe('collected attacks', () => {
  beforeEach(({ skip }) => skip(!hasCorpora, 'the folder ../shared/data is absent'));
  test('2,809 payloads: nothing active is left and cleaning again changes nothing', () => {
    const rows = readCorpus<{ id: string; input: string }>('html/xss.jsonl');
    const failures: string[] = [];
    for (const row of rows) {
      const once = clean(row.input);
      const found = findActive(once);
      if (found.length > 0) failures.push(`${row.id}: ${found.join(', ')}`);
      if (clean(once) !== once) failures.push(`${row.id}: changes when cleaned again`);
    }
    expect(rows.length).toBeGreaterThan(2_000);
    expect(failures).toEqual([]);
  }, 120_000);
});
