import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { startProcess, untilReady } from '../running-desk.ts';
import type { DeskDoors } from './journey.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The doors of the one running Firstline that all journeys walk through. */
    deskDoors: DeskDoors;
  }
}

/** Starts Firstline as its users do, with a database of its own, once for all journeys. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { doors, stop } = await startJourneyDesk();
  project.provide('deskDoors', doors);
  return stop;
}

export async function startJourneyDesk(
  env: Record<string, string> = {},
): Promise<{ doors: DeskDoors; stop(): Promise<void> }> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'firstline-journeys-'));
  // Under root the database runs as another user, who must be able to pass through this folder.
  chmodSync(folder, 0o711);
  const running = await startProcess({ DATA_DIR: path.join(folder, 'data'), ...env });
  const stop = async () => {
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await untilReady(running, 120);
  } catch (error) {
    await stop();
    throw error;
  }
  return { doors: { url: running.url, smtp: running.smtp }, stop };
}
