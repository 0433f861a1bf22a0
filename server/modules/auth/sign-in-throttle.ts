import type { Desk } from '../../platform/desk.ts';
import { networkOf } from '../../platform/http/networks.ts';

/**
 * Slows guessing without locking anybody out. Only failures count. Each address may fail a few times on one account
 * and some more on all of them. An account that many addresses fail on leaves each address one try: guessing then
 * costs an address a guess, and its owner, coming from an address of their own or a browser that signed in before,
 * still gets in.
 */
export interface SignInThrottle {
  /** Counts a try before its outcome is known, so that a thousand at once do not all slip through. */
  attempt(tried: Attempt): { waitSeconds: number } | { waitSeconds: null; forgive(): void };
}

export interface Attempt {
  account: string;
  address: string;
  /** The browser signed in to this account before. */
  trusted: boolean;
}

interface Failures {
  /** Failures not yet forgiven; one is forgiven every `forgiveSeconds`. */
  count: number;
  at: number;
}

const limits = {
  pair: { most: 5, forgiveSeconds: 60 },
  hotPair: { most: 1, forgiveSeconds: 600 },
  address: { most: 40, forgiveSeconds: 15 },
  account: { most: 30, forgiveSeconds: 60 },
  trusted: { most: 10, forgiveSeconds: 30 },
};
type Limit = (typeof limits)[keyof typeof limits];

const mostKeys = 100_000;
const throttles = new WeakMap<Desk, SignInThrottle>();

export function throttleOf(desk: Desk): SignInThrottle {
  const known = throttles.get(desk);
  if (known) return known;
  const made = createThrottle(() => (desk.clock.fixed() ?? new Date()).getTime() / 1000);
  throttles.set(desk, made);
  return made;
}

export function createThrottle(nowSeconds: () => number): SignInThrottle {
  const memory = new Map<string, Failures>();

  function left(key: string, { forgiveSeconds }: Limit): number {
    const seen = memory.get(key);
    return seen ? Math.max(0, seen.count - (nowSeconds() - seen.at) / forgiveSeconds) : 0;
  }

  function wait(key: string, limit: Limit): number {
    const over = left(key, limit) - limit.most + 1;
    return over > 0 ? Math.ceil(over * limit.forgiveSeconds) : 0;
  }

  function add(key: string, limit: Limit, amount: number): void {
    const next = {
      count: Math.min(Math.max(0, left(key, limit) + amount), 2 * limit.most),
      at: nowSeconds(),
    };
    memory.delete(key);
    memory.set(key, next);
    if (memory.size > mostKeys) memory.delete(memory.keys().next().value as string);
  }

  function rulesFor({ account, address, trusted }: Attempt): [string, Limit][] {
    if (trusted) return [[`trusted ${account} ${networkOf(address)}`, limits.trusted]];
    const network = networkOf(address);
    const hot = wait(`account ${account}`, limits.account) > 0;
    return [
      [`pair ${account} ${network}`, hot ? limits.hotPair : limits.pair],
      [`address ${network}`, limits.address],
    ];
  }

  return {
    attempt(tried) {
      const rules = rulesFor(tried);
      const waitSeconds = Math.max(...rules.map(([key, limit]) => wait(key, limit)));
      if (waitSeconds > 0) return { waitSeconds };
      const counted = tried.trusted
        ? rules
        : [...rules, [`account ${tried.account}`, limits.account] as const];
      for (const [key, limit] of counted) add(key, limit, 1);
      return {
        waitSeconds: null,
        forgive: () => {
          for (const [key, limit] of counted) add(key, limit, -1);
        },
      };
    },
  };
}
