import { expect, it } from 'vitest';
import { underOwnName } from './console-page.ts';

const page = '<head><title>Firstline</title></head>';

it('bears the name of the desk, as text', async () => {
  let name = 'Lantern';
  const read = underOwnName(page, async () => name);
  expect(await read()).toBe('<head><title>Lantern</title></head>');
  name = '</title><script>$&';
  expect(await read()).toBe('<head><title>&lt;/title&gt;&lt;script&gt;$&amp;</title></head>');
});

it('comes with the name heard last when the database is away, or does not answer', async () => {
  const answers = [
    () => Promise.reject(new Error('away')),
    async () => 'Lantern',
    () => Promise.reject(new Error('away')),
    () => new Promise<string>(() => undefined),
  ];
  const read = underOwnName(page, () => answers.shift()!());
  expect(await read()).toBe(page);
  expect(await read()).toContain('<title>Lantern</title>');
  expect(await read()).toContain('<title>Lantern</title>');
  expect(await read()).toContain('<title>Lantern</title>');
});
