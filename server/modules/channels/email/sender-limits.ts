import { slowDown, tooManyFromYou } from './refusals.ts';

/**
 * What one address may do. Often that address is the relay of the whole house, so mails are counted generously:
 * a burst of 20,000 and then 500 a second.
 */
export const senderLimits = {
  connections: 200,
  burst: 20_000,
  mailsPerSecond: 500,
  errors: 500,
  errorMinutes: 10,
};

interface Sender {
  connections: number;
  allowance: number;
  at: number;
  errors: number;
  errorsSince: number;
}

export interface SenderLimits {
  connect(address: string): void;
  leave(address: string): void;
  takeMail(address: string): void;
  countError(address: string): void;
}

/** Counts in memory, one process; `now` in milliseconds. */
export function createSenderLimits(now: () => number = Date.now): SenderLimits {
  const senders = new Map<string, Sender>();
  const find = (address: string): Sender => {
    const known = senders.get(address);
    if (known) return known;
    const made = { connections: 0, allowance: senderLimits.burst, at: now(), errors: 0, errorsSince: now() };
    senders.set(address, made);
    return made;
  };
  return {
    connect(address) {
      const sender = find(address);
      if (now() - sender.errorsSince > senderLimits.errorMinutes * 60_000) {
        sender.errors = 0;
        sender.errorsSince = now();
      }
      if (sender.connections >= senderLimits.connections || sender.errors >= senderLimits.errors)
        throw tooManyFromYou();
      sender.connections += 1;
    },
    leave(address) {
      const sender = find(address);
      sender.connections = Math.max(0, sender.connections - 1);
      if (sender.connections === 0 && senders.size > 10_000) senders.delete(address);
    },
    takeMail(address) {
      const sender = find(address);
      const earned = ((now() - sender.at) / 1000) * senderLimits.mailsPerSecond;
      sender.allowance = Math.min(senderLimits.burst, sender.allowance + earned);
      sender.at = now();
      if (sender.allowance < 1) throw slowDown();
      sender.allowance -= 1;
    },
    countError(address) {
      find(address).errors += 1;
    },
  };
}
