import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const web = new URL('../', import.meta.url);
const physical =
  /(?<=[\s"'`:!])-?(?:ml|mr|pl|pr|left|right(?!-to-left)|border-l|border-r|rounded-(?:l|r|tl|tr|bl|br)|scroll-(?:ml|mr|pl|pr))-[\w[(]|\btext-(?:left|right)\b|\bfloat-(?:left|right)\b/g;

test('screens use sides of the text, not of the screen, so that they can be mirrored', () => {
  const found: string[] = [];
  for (const file of readdirSync(web, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.tsx')) continue;
    const source = readFileSync(new URL(file, web), 'utf8');
    for (const [name] of source.matchAll(physical)) found.push(`${file}: ${name}`);
  }
  expect(found).toEqual([]);
});
