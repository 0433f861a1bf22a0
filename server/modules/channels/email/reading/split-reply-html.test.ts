import { describe, expect, test } from 'vitest';
import { cpuMilliseconds } from '../../../../../test/cpu-milliseconds.ts';
import { cleanHtml } from './clean-html.ts';
import { splitReplyHtml } from './split-reply-html.ts';

const split = (html: string, isForward = false) =>
  splitReplyHtml(cleanHtml(html, { cids: new Set() }).html, { isForward });

describe('what mail programs write around the earlier mail', () => {
  test.each([
    [
      'Gmail',
      '<div class="gmail_quote"><div class="gmail_attr">On Mon, x wrote:<br></div><blockquote class="gmail_quote">OLD</blockquote></div>',
    ],
    [
      'Outlook on the web',
      '<div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> S</div><div>OLD</div>',
    ],
    [
      'Outlook',
      '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p><b>Von:</b> S</p></div><p>OLD</p>',
    ],
    [
      'Outlook without its rule',
      '<p><b>From:</b> S &lt;s@f.example&gt;<br><b>Sent:</b> Monday<br><b>To:</b> me<br><b>Subject:</b> x</p><p>OLD</p>',
    ],
    [
      'Thunderbird',
      '<div class="moz-cite-prefix">Am 02.03.26 um 18:02 schrieb S:<br></div><blockquote type="cite" cite="mid:1">OLD</blockquote>',
    ],
    [
      'Apple Mail',
      '<div><br><blockquote type="cite"><div>On 2 Mar 2026, at 18:02, S &lt;s@f.example&gt; wrote:</div><br><div>OLD</div></blockquote></div>',
    ],
    [
      'Yahoo',
      '<div id="yahoo_quoted_1" class="yahoo_quoted"><div>On Monday, S wrote:</div><div>OLD</div></div>',
    ],
    [
      'Proton',
      '<div class="protonmail_quote">On Monday, S wrote:<blockquote class="protonmail_quote" type="cite">OLD</blockquote></div>',
    ],
    ['Yandex', '<p>02.03.2026, 18:02, "S" &lt;s@f.example&gt;:</p><blockquote>OLD</blockquote>'],
    [
      'a plain block quote',
      '<p>2 марта 2026, 18:02, S &lt;s@f.example&gt; пишет:</p><blockquote>OLD</blockquote>',
    ],
    ['Original Message', '<div>-----Original Message-----<br>OLD</div>'],
    [
      'Chinese header block',
      '<div>发件人: S<br>发送时间: 2026年3月2日<br>收件人: 我<br>主题: x</div><div>OLD</div>',
    ],
    ['text in pre', '<pre>\nOn 2 Mar 2026 at 18:02, S &lt;s@f.example&gt; wrote:\n&gt; OLD\n</pre>'],
  ])('%s', (_, quote) => {
    const parts = split(`<div><p style="color:red">NEW</p></div>${quote}`);
    expect(parts.visibleText).toBe('NEW');
    expect(parts.visibleHtml).toContain('<p style="color:red">NEW</p>');
    expect(parts.visibleHtml).not.toContain('OLD');
    expect(parts.quoteHtml).toContain('OLD');
    expect(parts.quoteHtml).not.toContain('NEW');
  });
});

test('answers between block quotes keep what they answer', () => {
  const html = '<p>See below.</p><blockquote>Is it whole?</blockquote><p>Yes.</p>';
  expect(split(html)).toMatchObject({ visibleHtml: html, quoteHtml: '' });
});

test('a mail that is only a quote, and a forward, stay visible', () => {
  expect(split('<blockquote type="cite">only this</blockquote>').visibleText).toContain('only this');
  const forward =
    '<p>FYI</p><div class="gmail_quote">---------- Forwarded message ---------<br>From: S<br>OLD</div>';
  expect(split(forward, true).visibleText).toContain('FYI');
});

test('blank lines below the last word are no quote', () => {
  const html = '<table border="1"><tr><td>Bike</td></tr></table><p>It squeaks.</p>\r\n<p>&nbsp;</p>\n';
  expect(splitReplyHtml(html)).toMatchObject({ visibleHtml: html, quoteHtml: '' });
});

test('a long thread of block quotes is no work', () => {
  const html = cleanHtml(`<p>NEW</p>${'<blockquote type="cite"><p>old words</p>'.repeat(20_000)}`, {
    cids: new Set(),
  }).html;
  const used = cpuMilliseconds(() => expect(splitReplyHtml(html).visibleText).toBe('NEW'));
  expect(used).toBeLessThan(3_000);
});
