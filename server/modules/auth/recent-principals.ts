import type { Desk } from '../../platform/desk.ts';
import type { Principal } from '../../platform/http/principal.ts';

interface Remembered {
  principal: Principal;
  until: number;
}

const keptMilliseconds = 500;
const keptAtMost = 5000;

/**
 * Who a credential belonged to a moment ago. Every change of a right tells the signal `access`, which empties this in
 * all processes; a signal that got lost is outlived by half a second.
 */
class RecentPrincipals {
  private readonly kept = new Map<string, Remembered>();
  private readonly desk: Desk;
  private turn = 0;

  constructor(desk: Desk) {
    this.desk = desk;
    desk.signals.on('access', () => {
      this.turn++;
      this.kept.clear();
    });
  }

  async find(credential: string, read: () => Promise<Principal | null>): Promise<Principal | null> {
    const known = this.kept.get(credential);
    if (known && known.until > this.now()) return known.principal;
    const turn = this.turn;
    const principal = await read();
    // What was read before a right was taken away is not to be kept after it.
    if (principal && turn === this.turn) this.keep(credential, principal);
    return principal;
  }

  private now(): number {
    return (this.desk.clock.fixed() ?? new Date()).getTime();
  }

  private keep(credential: string, principal: Principal): void {
    if (this.kept.size >= keptAtMost) this.kept.clear();
    this.kept.set(credential, { principal, until: this.now() + keptMilliseconds });
  }
}

const recent = new WeakMap<Desk, RecentPrincipals>();

export function recentPrincipals(desk: Desk): RecentPrincipals {
  const known = recent.get(desk) ?? new RecentPrincipals(desk);
  recent.set(desk, known);
  return known;
}
