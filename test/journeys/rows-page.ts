import path from 'node:path';
import type { Row } from './rows.ts';

export const rowsPage = path.resolve(import.meta.dirname, '../../docs/rows.md');

const opening = `# What works, row by row

Generated: \`UPDATE_DOCS=1 npx vitest run --config vitest.journeys.config.ts\`. Each row of the requirements has a
journey that walks through a running Firstline by browser, mail or HTTP and sees it work; the result is that of the
last full run. "Not yet" names what a row asks for and its journey does not see, since it is not there.

| row | requirement | works when | journey | result |
| --- | --- | --- | --- | --- |
`;

export function renderRows(rows: readonly Row[], passed: ReadonlySet<string>): string {
  return opening + rows.map((row) => lineOf(row, passed.has(row.id))).join('');
}

function lineOf(row: Row, passes: boolean): string {
  const file = `${row.id.toLowerCase()}.ts`;
  const works = row.without ? `${row.worksWhen}. *Not yet: ${row.without}* ` : `${row.worksWhen} `;
  const link = `[${file}](../test/journeys/${file})`;
  return `| ${row.id} | ${row.requirement} | ${works}| ${link} | ${passes ? 'passes' : 'fails'} |\n`;
}
