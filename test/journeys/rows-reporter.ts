import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';
import { rows } from './rows.ts';
import { renderRows, rowsPage } from './rows-page.ts';

/** With UPDATE_DOCS=1 a full run writes down which rows it has seen working. */
export class RowsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    if (process.env.UPDATE_DOCS !== '1') return;
    const passed = new Set<string>();
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        if (test.result().state === 'passed') passed.add(test.name.split(': ')[0] ?? '');
      }
    }
    writeFileSync(rowsPage, renderRows(rows, passed));
  }
}
