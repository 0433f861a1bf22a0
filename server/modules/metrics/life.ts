import type { HistoryEvent, TicketHistory } from './history.ts';
import type { Step } from './walk.ts';

/** Business seconds between two instants in ms, on the schedules that were valid at each moment. */
export type BusinessSeconds = (fromMs: number, toMs: number) => number;

/** What a measure is given: the record, its replay, and the event that made it demand. */
export type Life = {
  readonly history: TicketHistory;
  readonly steps: readonly Step[];
  readonly opened: HistoryEvent;
  readonly entry: HistoryEvent | null;
  readonly businessSeconds: BusinessSeconds;
};
