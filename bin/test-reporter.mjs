/** Counts a run for the closing line, with the reason of everything that was left out. */
export class ClosingLineReporter {
  counts = { passed: 0, failed: 0, skipped: 0 };
  notes = [];

  onUserConsoleLog(log) {
    for (const [, reason] of log.content.matchAll(/^SKIP (.+)$/gm)) {
      this.notes.push({ test: 'part of a test', reason });
    }
  }

  onTestRunEnd(modules, unhandledErrors) {
    this.counts.failed += unhandledErrors.length;
    for (const module of modules) this.countModule(module, this.counts);
  }

  countModule(module, counts) {
    // A file that does not load, or a hook that fails, has no failed test of its own.
    if (module.errors().length > 0) counts.failed += 1;
    for (const suite of module.children.allSuites()) counts.failed += suite.errors().length > 0 ? 1 : 0;
    for (const test of module.children.allTests()) {
      const { state, note } = test.result();
      counts[state === 'pending' ? 'failed' : state] += 1;
      if (state === 'skipped') this.notes.push({ test: test.fullName, reason: note ?? 'no reason given' });
    }
  }
}
