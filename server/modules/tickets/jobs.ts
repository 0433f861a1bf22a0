import type { JobRunner } from '../../platform/jobs/job.ts';
import { closingKind, runClosing } from './close-solved.ts';
import { dropFile, dropKind } from './drop-file.ts';
import { expiryKind, runExpiry } from './expire-upload.ts';
import { releaseKind, runRelease } from './release-tickets.ts';

export const ticketJobs: Record<string, JobRunner> = {
  [closingKind]: runClosing,
  [dropKind]: dropFile,
  [expiryKind]: runExpiry,
  [releaseKind]: runRelease,
};
