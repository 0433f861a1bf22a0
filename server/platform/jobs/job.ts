import type { Desk } from '../desk.ts';

export interface ClaimedJob<P = unknown> {
  id: number;
  kind: string;
  payload: P;
  attempts: number;
  maxAttempts: number;
  leaseToken: string;
  causedBy: number | null;
  /** Set when the runner's own command has removed the row in its commit. */
  finished?: boolean;
}

/** Runs one job. Its effect must be safe to happen twice, or finish the job in its own command. */
export type JobRunner = (desk: Desk, job: ClaimedJob) => Promise<void>;

/** Thrown by a runner: try again at this time, without counting as a failure of ours. */
export class RetryLater extends Error {
  readonly seconds: number;
  constructor(seconds: number, reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.seconds = seconds;
  }
}

/** Thrown by a runner: more tries are useless; a person must look. */
export class GiveUp extends Error {}

/** The lease ran out and somebody else has the job: our effect must not be committed. */
export class LeaseLost extends Error {}
