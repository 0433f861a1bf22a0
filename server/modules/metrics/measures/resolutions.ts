import { secondsBetween } from '../arithmetic/instant.ts';
import type { Life } from '../life.ts';
import type { Reading } from '../observation.ts';
import { listSolves } from './solves.ts';

/**
 * First resolution: creation to the first solve, fixed for ever. Full resolution: creation to a
 * solve, in force until the ticket is reopened, so the last one stands for a ticket solved now.
 */
export function measureResolutions(life: Life): Reading[] {
  const { entry, businessSeconds } = life;
  if (entry === null) return [];
  return listSolves(life).flatMap(({ step, reopenedAt, kind, dims }, index) => {
    const { event } = step;
    const span = {
      event,
      kind,
      dims,
      value: secondsBetween(entry.at, event.at),
      businessSeconds: businessSeconds(entry.at, event.at),
      since: entry.at,
    };
    const full: Reading = { measure: 'full_resolution', key: event.eventId, until: reopenedAt, ...span };
    return index === 0 ? [{ measure: 'first_resolution', key: 'first', ...span } as const, full] : [full];
  });
}
