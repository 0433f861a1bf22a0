import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const folder = join(import.meta.dirname, '../../../../../../shared/data');

/** Collected mails lie beside the repository, not in it: their licences differ from ours. For tests only. */
export const hasCorpora = existsSync(folder);

export function readCorpus<Row>(name: string): Row[] {
  const bytes = readFileSync(join(folder, name));
  const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
}

export const readFixture = (name: string): Buffer =>
  readFileSync(join(import.meta.dirname, 'fixtures', `${name}.eml`));
