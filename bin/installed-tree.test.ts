import { expect, test } from 'vitest';
import { holdsWanted } from './installed-tree.mjs';

const wanted = {
  '': { version: '0.1.0' },
  'node_modules/fastify': { version: '5.0.0' },
  'node_modules/vitest': { version: '5.1.1', dev: true },
  'node_modules/other-machine': { version: '1.0.0', optional: true },
};
const fastify = { 'node_modules/fastify': { version: '5.0.0' } };
const vitest = { 'node_modules/vitest': { version: '5.1.1', dev: true } };

test.each([
  ['what a start needs', fastify, { start: true, tests: false }],
  ["the developers' tools too", { ...fastify, ...vitest }, { start: true, tests: true }],
  [
    'tools of another version',
    { ...fastify, 'node_modules/vitest': { version: '4.0.0' } },
    { start: false, tests: false },
  ],
  ['an older package', { 'node_modules/fastify': { version: '4.9.9' } }, { start: false, tests: false }],
  ['nothing', {}, { start: false, tests: false }],
])('with %s installed', (_what, installed, enough) => {
  expect(holdsWanted(wanted, installed, false)).toBe(enough.start);
  expect(holdsWanted(wanted, installed, true)).toBe(enough.tests);
});
