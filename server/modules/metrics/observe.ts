import type { TicketHistory } from './history.ts';
import type { BusinessSeconds, Life } from './life.ts';
import { measureClaim } from './measures/claim.ts';
import { measureContacts } from './measures/contacts.ts';
import { measureCreated } from './measures/created.ts';
import { measureFirstResponse } from './measures/first-response.ts';
import { measureReopens } from './measures/reopens.ts';
import { measureResolutions } from './measures/resolutions.ts';
import { measureSlaOutcomes } from './measures/sla-outcomes.ts';
import { measureSolves } from './measures/solves.ts';
import { measureStock } from './measures/stock.ts';
import type { Observation, Reading } from './observation.ts';
import { toObservation } from './observation.ts';
import { demandStart, findExclusion } from './population.ts';
import { walkHistory } from './walk.ts';

const MEASURED = [
  measureCreated,
  measureContacts,
  measureFirstResponse,
  measureClaim,
  measureSolves,
  measureResolutions,
  measureReopens,
  measureStock,
  measureSlaOutcomes,
];

/**
 * Every observation of one ticket, from its whole history and nothing else. It is computed anew when
 * the ticket has a new event and compared with the stored rows, so live figures and a recomputation
 * cannot differ. Throws RangeError for a history without its opening.
 */
export function observe(history: TicketHistory, businessSeconds: BusinessSeconds): Observation[] {
  const opened = history.events[0];
  if (opened?.type !== 'opened')
    throw new RangeError(`Ticket ${history.ticketId} does not begin with opened`);
  const entry = demandStart(history);
  const life: Life = { history, steps: walkHistory(history), opened, entry, businessSeconds };
  const excluded = findExclusion(history);
  const readings: Reading[] = MEASURED.flatMap((measure) => measure(life));
  return readings.map((reading) => toObservation(history, excluded, reading));
}
