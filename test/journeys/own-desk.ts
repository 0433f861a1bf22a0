import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type FakeRelay, openFakeRelay } from '../../server/modules/channels/email/outbox/fake-relay.ts';
import { type Database, openDatabase } from '../../server/platform/db/database.ts';
import { startEmbedded } from '../../server/platform/embedded/start-embedded.ts';
import type { DeskDoors } from './journey.ts';
import { startJourneyDesk } from './one-desk.ts';

/** A desk for one file alone, with a relay that refuses when told to, and a database that can be spoilt. */
export interface OwnDesk {
  doors: DeskDoors;
  relay: FakeRelay;
  db: Database;
  close(): Promise<void>;
}

export async function openOwnDesk(env: Record<string, string> = {}): Promise<OwnDesk> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'firstline-own-'));
  const relay = await openFakeRelay();
  const cluster = await startEmbedded({ folder, durable: false });
  const { host, port, user, database } = cluster.connection;
  const db = openDatabase(cluster.connection, () => undefined);
  const DATABASE_URL = `postgresql://${user}@${encodeURIComponent(host)}:${port}/${database}`;
  const desk = await startJourneyDesk({ SMTP_URL: relay.url, DATABASE_URL, LOG_LEVEL: 'silent', ...env });
  return {
    doors: desk.doors,
    relay,
    db,
    async close() {
      await desk.stop();
      await db.close();
      await cluster.stop();
      await relay.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
