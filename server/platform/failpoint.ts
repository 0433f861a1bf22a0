/**
 * Named points where the crash harness ends the process. `FIRSTLINE_FAILPOINT=name` or `name:3` (the third
 * passing) kills with SIGKILL, as a power cut would; without the variable this costs one comparison.
 */
const wanted = process.env.FIRSTLINE_FAILPOINT;
const [wantedName, wantedCount] = wanted ? wanted.split(':') : [];
let left = Number(wantedCount ?? 1);

export const failpoints = [
  'command.begun',
  'command.before-events',
  'command.before-jobs',
  'command.before-commit',
  'command.after-commit',
  'sequencer.before-commit',
  'consumer.before-commit',
  'job.claimed',
  'job.done',
  'mail.received',
  'mail.acknowledged',
  'files.written',
  'outbox.sending',
  'outbox.accepted',
] as const;

export type Failpoint = (typeof failpoints)[number];

export function failpoint(name: Failpoint): void {
  if (wantedName !== name) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
}
