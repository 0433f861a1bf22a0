import { existsSync, readFileSync } from 'node:fs';

/** What people who mean harm put into a mail: a few of every kind, and of each way to hide one. */
export const ownPayloads: readonly string[] = [
  '<script>tripped()</script>',
  '<img src=x onerror=tripped()>',
  '<svg onload=tripped()>',
  '<svg><script>tripped()</script></svg>',
  '<body onload=tripped()>',
  '<iframe srcdoc="<script>parent.tripped()</script>"></iframe>',
  '<iframe src="javascript:tripped()"></iframe>',
  '<a href="javascript:tripped()" autofocus onfocus=tripped()>click</a>',
  '<a href=" jav&#x09;ascript:tripped()">click</a>',
  '<form action="javascript:tripped()"><input type=submit autofocus></form>',
  '<input autofocus onfocus=tripped()>',
  '<details open ontoggle=tripped()>more</details>',
  '<video><source onerror=tripped()></video>',
  '<object data="javascript:tripped()"></object>',
  '<math><mtext><table><mglyph><style><img src=x onerror=tripped()></style></mglyph></table></mtext></math>',
  '<noscript><p title="</noscript><img src=x onerror=tripped()>"></noscript>',
  '<style>@import "https://evil.example/x.css"; * { background: url(https://evil.example/y) }</style>',
  '<base href="https://evil.example/"><meta http-equiv=refresh content="0;url=https://evil.example/">',
  '<link rel=stylesheet href="https://evil.example/x.css">',
  '"><script>tripped()</script>',
  "'-tripped()-'",
  '</title></textarea><script>tripped()</script>',
  '<div style="animation-name:x" onanimationstart=tripped()>x</div><style>@keyframes x{}</style>',
  '<p style="background:url(javascript:tripped())">x</p>',
  '{{constructor.constructor("tripped()")()}}',
  '<template><img src=x onerror=tripped()></template>',
  '<img src="https://evil.example/pixel.gif">',
  '<button popovertarget=x onclick=tripped()>x</button><div popover id=x onbeforetoggle=tripped()>y</div>',
];

const corpus = new URL('../../../shared/data/html/xss.jsonl', import.meta.url);
export const hasCorpus = existsSync(corpus);

/** Collected payloads lie beside the repository: their licences differ from ours. */
export function collectedPayloads(): string[] {
  const lines = readFileSync(corpus, 'utf8').trim().split('\n');
  return lines.map((line) => (JSON.parse(line) as { input: string }).input);
}

/** The same so many of them for the same seed. */
export function sampleOf<T>(all: readonly T[], count: number, seed: number): T[] {
  let state = seed;
  const chance = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  const left = [...all];
  return Array.from({ length: Math.min(count, left.length) }, () =>
    left.splice(Math.floor(chance() * left.length), 1),
  ).flat();
}
