/** Seeded random tickets in the words of the history import; the same seed gives the same lines. */

export type Chance = () => number;

/** mulberry32 */
export function seeded(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function pick<T>(chance: Chance, list: readonly T[]): T {
  return list[Math.floor(chance() * list.length)] as T;
}

const day: [string, string][] = [['09:00', '18:00']];
const split: [string, string][] = [
  ['08:30', '12:15'],
  ['13:00', '17:30'],
];

/** Zones whose clocks change in March 2026, one with a half-hour offset, one that never changes. */
const schedules = [
  {
    tz: 'Europe/Berlin',
    weekly: { mon: day, tue: day, wed: day, thu: day, fri: day, sun: [['00:00', '06:00']] },
  },
  {
    tz: 'America/New_York',
    weekly: { mon: split, tue: split, wed: split, thu: split, fri: split, sun: [['01:00', '04:00']] },
  },
  { tz: 'Asia/Kolkata', weekly: { mon: day, wed: day, sat: split }, holidays: ['2026-03-11', '2026-03-28'] },
  null,
];

const agents = ['Ann', 'Ben', 'Cleo'];
const statuses = ['open', 'pending', 'on_hold', 'solved', 'closed', 'solved', 'open'];

function randomEvent(chance: Chance, at: string, ids: string[], own: string): object {
  const agent = pick(chance, agents);
  const roll = chance();
  if (roll < 0.14) return { at, type: 'message', author: 'customer', body: 'please' };
  if (roll < 0.3)
    return { at, type: 'message', author: 'agent', agent, body: 'here you are', public: chance() < 0.75 };
  if (roll < 0.36) return { at, type: 'message', author: pick(chance, ['bot', 'system']) };
  if (roll < 0.6)
    return {
      at,
      type: 'status',
      to: pick(chance, statuses),
      by: pick(chance, ['agent', 'agent', 'bot', 'system', 'customer']),
      agent,
    };
  if (roll < 0.67)
    return {
      at,
      type: 'assign',
      agent: pick(chance, [...agents, null]),
      by: pick(chance, ['agent', 'routing']),
    };
  if (roll < 0.71) return { at, type: 'claim', agent };
  if (roll < 0.75) return { at, type: 'handoff' };
  if (roll < 0.78) return { at, type: 'call', answered: chance() < 0.7, agent };
  if (roll < 0.82) return { at, type: 'team', to: pick(chance, ['North', 'South', null]) };
  if (roll < 0.85) return { at, type: 'priority', to: pick(chance, ['low', 'high', null]) };
  if (roll < 0.87) return { at, type: 'escalate', tier: pick(chance, [1, 2, 3]) };
  const into = pick(
    chance,
    ids.filter((id) => id < own),
  );
  if (roll < 0.9 && into) return { at, type: 'merge', into };
  return { at, type: pick(chance, ['unmerge', 'spam', 'unspam', 'unspam', 'delete', 'restore', 'restore']) };
}

const begin = Date.UTC(2026, 2, 1) / 1000;

/** Steps between events: none at all, seconds, minutes, hours or days. */
const steps = [0, 1, 59, 60, 61, 600, 3600, 3601, 20_000, 86_400, 200_000];

export function randomLines(seed: number, count: number): object[] {
  const chance = seeded(seed);
  const ids = Array.from({ length: count }, (_, index) => `r${String(index).padStart(4, '0')}`);
  return ids.map((id) => {
    let t = begin + Math.floor(chance() * 36 * 86_400);
    const createdAt = iso(t);
    const events = Array.from({ length: Math.floor(chance() * 14) }, () => {
      t += Math.floor(pick(chance, steps) * (chance() < 0.5 ? 1 : chance()));
      return randomEvent(chance, iso(t), ids, id);
    });
    const into = pick(
      chance,
      ids.filter((other) => other < id),
    );
    return {
      id,
      createdAt,
      channel: pick(chance, ['email', 'email', 'phone', 'chat', 'form', 'api']),
      origin: pick(chance, ['inbound', 'inbound', 'inbound', 'on_behalf', 'proactive']),
      priority: pick(chance, ['normal', 'urgent', null]),
      team: pick(chance, ['North', null]),
      schedule: pick(chance, schedules),
      training: chance() < 0.05,
      spam: chance() < 0.04,
      deleted: chance() < 0.04,
      mergedInto: chance() < 0.04 ? (into ?? null) : null,
      events,
    };
  });
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
