export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Input = { [key: string]: Json };
export type Example = { name: string; input: Input };

const ticket = (id: string, createdAt: string, events: Json[], more: Input = {}): Input => ({
  id,
  createdAt,
  channel: 'email',
  ...more,
  events,
});
const wrote = (at: string, author: string, agent?: string): Input => ({
  at,
  type: 'message',
  author,
  ...(agent ? { agent } : {}),
});
const turned = (at: string, to: string): Input => ({ at, type: 'status', to });

const morning = '2026-03-02T09:00:00Z';
const tickets: Input = {
  tickets: [
    ticket('A', morning, [
      wrote(morning, 'customer'),
      { at: '2026-03-02T09:15:00Z', type: 'claim', agent: 'mira' },
      wrote('2026-03-02T09:25:00Z', 'agent', 'mira'),
      turned('2026-03-02T11:00:00Z', 'solved'),
    ]),
    ticket('B', '2026-03-02T10:00:00Z', [
      wrote('2026-03-02T10:00:00Z', 'customer'),
      wrote('2026-03-02T10:05:00Z', 'bot'),
      wrote('2026-03-02T12:00:00Z', 'agent', 'wei'),
      turned('2026-03-03T09:00:00Z', 'solved'),
      turned('2026-03-03T15:00:00Z', 'open'),
    ]),
    ticket('C', '2026-03-02T10:30:00Z', [wrote('2026-03-02T10:30:00Z', 'customer')], { spam: true }),
  ],
};
const during = (more: Input = {}): Input => ({
  ...tickets,
  period: { from: '2026-03-01', to: '2026-04-01', tz: 'Europe/Minsk' },
  ...more,
});
const oneTicket = { name: 'tickets', input: during() };
const shop: Input = {
  tz: 'Europe/Minsk',
  weekly: {
    mon: [['09:00', '18:00']],
    tue: [['09:00', '18:00']],
    wed: [
      ['09:00', '13:00'],
      ['14:00', '18:00'],
    ],
  },
};

/** Inputs to begin from, one for each shape a calculator takes; the first is the simplest. */
export const examples: Record<string, readonly Example[]> = {
  ticket_volume: [oneTicket],
  volume_by_channel: [
    { name: 'counts', input: { counts: { email: 120, chat: 60, phone: 20 } } },
    {
      name: 'contacts',
      input: {
        contacts: [
          { ticket: 'A', channel: 'email' },
          { ticket: 'A', channel: 'chat' },
          { ticket: 'B', channel: 'phone' },
        ],
      },
    },
    oneTicket,
  ],
  tickets_solved: [oneTicket],
  solved_to_created: [{ name: 'counts', input: { created: 84, solved: 79 } }, oneTicket],
  backlog: [
    {
      name: 'start',
      input: { start: 96, created: 87, reopened: 8, restored: 0, solved: 83, spam: 3, merged: 0, deleted: 0 },
    },
    {
      name: 'statuses',
      input: { statuses: { new: 8, open: 20, pending: 12, on_hold: 5, solved: 40, closed: 900 } },
    },
    {
      name: 'createdAt',
      input: {
        at: '2026-03-09T12:00:00Z',
        createdAt: ['2026-03-09T08:00:00Z', '2026-03-07T08:00:00Z', '2026-02-20T08:00:00Z'],
      },
    },
  ],
  first_response_time: [
    { name: 'valuesSeconds', input: { valuesSeconds: [60, 240, 300, 600, 5400] } },
    oneTicket,
  ],
  claim_time: [oneTicket],
  resolution_time: [oneTicket],
  sla: [
    { name: 'met', input: { met: 45, breached: 5, running: 7 } },
    {
      name: 'groups',
      input: {
        groups: [
          { met: 9, breached: 1 },
          { met: 30, total: 60 },
        ],
      },
    },
    {
      name: 'items',
      input: {
        targetSeconds: 1800,
        clock: 'calendar',
        items: [
          { start: morning, end: '2026-03-02T09:20:00Z' },
          { start: morning, end: '2026-03-02T10:00:00Z' },
        ],
      },
    },
  ],
  reopen_rate: [
    { name: 'counts', input: { solvedTickets: 50, reopenedTickets: 4, reopenEvents: 5 } },
    oneTicket,
  ],
  business_time: [
    { name: 'schedule', input: { schedule: shop, from: '2026-03-02T14:00:00Z', to: '2026-03-04T10:00:00Z' } },
  ],
  comparison: [
    { name: 'current', input: { current: 84, previous: 57, kind: 'count', lowerIsBetter: true } },
    {
      name: 'period',
      input: { now: '2026-03-04T10:00:00Z', tz: 'Europe/Minsk', period: 'week', weekStart: 'mon' },
    },
  ],
  percentile: [{ name: 'values', input: { values: [2, 2, 3, 3, 5, 7, 8, 130] } }],
  rollup: [
    {
      name: 'ratios',
      input: {
        ratios: [
          { num: 9, den: 10 },
          { num: 30, den: 60 },
        ],
      },
    },
    {
      name: 'groups',
      input: {
        groups: [
          { n: 10, mean: 4.5 },
          { n: 2, sum: 20 },
        ],
      },
    },
    {
      name: 'medians',
      input: {
        medians: [
          [1, 2, 9],
          [4, 5],
        ],
      },
    },
  ],
  week: [{ name: 'at', input: { at: '2026-03-04T22:30:00Z', tz: 'Europe/Minsk', weekStart: 'mon' } }],
  display: [
    {
      name: 'percent',
      input: {
        percent: [
          [23, 80],
          [9999, 10000],
          [1, 10000],
          [0, 0],
        ],
      },
    },
    { name: 'durations', input: { durations: [59, 3660, 90061, null] } },
    {
      name: 'scores',
      input: {
        scores: [
          [-25, 2],
          [33, 1],
        ],
      },
    },
  ],
};
