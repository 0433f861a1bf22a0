import { describe, expect, it } from 'vitest';
import type { TicketHistory } from './history.ts';
import type { MeasureId } from './observation.ts';
import { observe } from './observe.ts';
import type { Beat } from './testing/play.ts';
import { becomes, calendarSeconds, clock, says, ticketOf } from './testing/play.ts';

function read(measure: MeasureId, beats: readonly Beat[], about: Partial<TicketHistory> = {}) {
  return observe(ticketOf(beats, about), calendarSeconds).filter((row) => row.measure === measure);
}

const values = (...args: Parameters<typeof read>) => read(...args).map(({ value }) => value);

describe('first response', () => {
  it('waits for a public message by a person', () => {
    const beats: Beat[] = [
      ['09:00:05', says.system],
      ['09:01:00', says.bot],
      ['09:02:00', says.note],
      ['09:05:00', says.agent],
      ['09:06:00', says.agent],
    ];
    expect(values('first_response', beats)).toEqual([300]);
    expect(values('any_response', beats)).toEqual([60]);
    expect(read('first_response', beats)[0]?.dims.agentId).toBe('a1');
  });

  it('starts at the first hand-off of a bot', () => {
    const beats: Beat[] = [
      ['09:01:00', { type: 'handoff' }],
      ['09:02:00', { type: 'handoff' }],
      ['09:05:00', says.agent],
    ];
    expect(values('first_response', beats)).toEqual([240]);
  });

  it('starts again when a resolution by the bot alone is reopened', () => {
    const beats: Beat[] = [
      ['09:01:00', says.bot],
      ['09:02:00', becomes('solved', 'bot')],
      ['10:00:00', becomes('open', 'customer')],
      ['10:02:00', { type: 'handoff' }],
      ['10:05:00', says.agent],
    ];
    expect(values('first_response', beats)).toEqual([180]);
    const waits = read('first_response_wait', beats).map(({ at, until, since }) => [at, until, since]);
    expect(waits).toEqual([
      [clock('09:00:00'), clock('09:02:00'), clock('09:00:00')],
      [clock('10:00:00'), clock('10:02:00'), clock('10:00:00')],
      [clock('10:02:00'), clock('10:05:00'), clock('10:02:00')],
    ]);
  });

  it('does not start again when a person had solved it in silence', () => {
    const beats: Beat[] = [
      ['09:10:00', becomes('solved')],
      ['10:00:00', becomes('open', 'customer')],
      ['10:05:00', says.agent],
    ];
    expect(values('first_response', beats)).toEqual([3900]);
  });

  it('begins with the customer where the desk began', () => {
    const beats: Beat[] = [
      ['09:00:00', says.agent],
      ['09:30:00', says.customer],
      ['09:40:00', says.agent],
    ];
    expect(values('first_response', beats, { origin: 'proactive' })).toEqual([600]);
    expect(values('first_response', beats.slice(0, 1), { origin: 'proactive' })).toEqual([]);
  });

  it('does not apply to a call that an agent wrote down', () => {
    const about = { origin: 'on_behalf', channel: 'phone' } as const;
    expect(read('first_response', [['09:05:00', says.agent]], about)).toEqual([]);
    expect(read('first_response_wait', [], about)).toEqual([]);
  });

  it('keeps both clocks', () => {
    const rows = observe(ticketOf([['09:05:00', says.agent]]), () => 42);
    const row = rows.find(({ measure }) => measure === 'first_response');
    expect([row?.value, row?.businessSeconds]).toEqual([300, 42]);
  });
});

describe('population', () => {
  it.each([
    ['spam', { spamNow: true }],
    ['merged', { mergedInto: 't9' }],
    ['training', { training: true }],
    ['deleted', { deletedNow: true }],
    ['proactive', { origin: 'proactive' }],
  ] as const)('leaves out %s and says why', (reason, about) => {
    expect(read('created', [], about)[0]?.excludedReason).toBe(reason);
  });

  it('judges by the last mark, not by an older flag', () => {
    const beats: Beat[] = [
      ['09:01:00', { type: 'spam' }],
      ['09:02:00', { type: 'unspam' }],
    ];
    expect(read('created', beats, { spamNow: true })[0]?.excludedReason).toBeNull();
  });

  it('dates a ticket of the desk by the customer', () => {
    const rows = read('created', [['09:30:00', says.customer]], { origin: 'proactive' });
    expect(rows[0]).toMatchObject({ at: clock('09:30:00'), excludedReason: null });
  });

  it('refuses a history without its opening', () => {
    expect(() => observe({ ...ticketOf([]), events: [] }, calendarSeconds)).toThrow(RangeError);
  });
});

describe('solves', () => {
  it('are changes from unsolved, and last until reopened', () => {
    const rows = read('solve', [
      ['10:00:00', becomes('solved')],
      ['11:00:00', becomes('open')],
      ['12:00:00', becomes('solved')],
      ['13:00:00', becomes('closed', 'system')],
    ]);
    expect(rows.map(({ at, until }) => [at, until])).toEqual([
      [clock('10:00:00'), clock('11:00:00')],
      [clock('12:00:00'), null],
    ]);
  });

  it('are not made by a merge, nor on what is spam', () => {
    const merged: Beat[] = [
      ['10:00:00', becomes('closed', 'system')],
      ['10:00:00', { type: 'merge', into: 't9' }],
    ];
    const spam: Beat[] = [
      ['10:00:00', { type: 'spam' }],
      ['10:01:00', becomes('closed')],
    ];
    expect(read('solve', merged)).toEqual([]);
    expect(read('solve', spam)).toEqual([]);
    expect(read('backlog_flow', merged).map(({ kind }) => kind)).toEqual(['created', 'merged']);
    expect(read('backlog_flow', spam).map(({ kind }) => kind)).toEqual(['created', 'spam']);
  });

  it('tell the bot alone from people', () => {
    const bot: Beat[] = [
      ['09:01:00', says.bot],
      ['09:02:00', becomes('solved', 'system')],
    ];
    const helped: Beat[] = [['09:01:00', says.note], ...bot];
    expect(read('solve', bot)[0]?.kind).toBe('bot_only');
    expect(read('solve', helped)[0]?.kind).toBe('people');
  });

  it('keep the first resolution and move the full one', () => {
    const beats: Beat[] = [
      ['10:00:00', becomes('solved')],
      ['11:00:00', becomes('open')],
      ['12:00:00', becomes('solved')],
    ];
    expect(values('first_resolution', beats)).toEqual([3600]);
    expect(read('full_resolution', beats).map(({ value, until }) => [value, until])).toEqual([
      [3600, clock('11:00:00')],
      [10_800, null],
    ]);
    expect(values('reopen', beats)).toEqual([1]);
  });
});

describe('claims', () => {
  const toA1 = { type: 'assign', to: 'a1', actorId: null } as const;

  it('are not made by routing', () => {
    expect(values('claim', [['09:01:00', { ...toA1, by: 'routing' }]])).toEqual([]);
    expect(read('claim_wait', [['09:01:00', { ...toA1, by: 'routing' }]])[0]?.until).toBeNull();
  });

  it('are made by claiming, taking, or working on what was routed', () => {
    expect(values('claim', [['09:01:00', { type: 'claim', agentId: 'a1' }]])).toEqual([60]);
    expect(values('claim', [['09:01:00', { ...toA1, by: 'agent', actorId: 'a1' }]])).toEqual([60]);
    const routed: Beat[] = [
      ['09:01:00', { ...toA1, by: 'routing' }],
      ['09:03:00', says.agent],
    ];
    expect(values('claim', routed)).toEqual([180]);
  });

  it('are not made for someone else', () => {
    expect(values('claim', [['09:01:00', { ...toA1, by: 'agent', actorId: 'lead' }]])).toEqual([]);
  });
});

describe('contacts', () => {
  it('count turns of the customer and calls on their own channels', () => {
    const rows = read('contact', [
      ['09:00:00', says.customer],
      ['09:01:00', says.customer],
      ['09:10:00', says.agent],
      ['09:20:00', says.customer],
      ['09:30:00', { type: 'call', answered: true, agentId: 'a1' }],
    ]);
    expect(rows.map(({ dims }) => dims.channel)).toEqual(['email', 'email', 'phone']);
  });

  it('keep one chat together', () => {
    const beats: Beat[] = [
      ['09:00:00', says.customer],
      ['09:01:00', says.agent],
      ['09:02:00', says.customer],
      ['09:32:00', says.agent],
      ['09:40:00', says.customer],
    ];
    expect(read('contact', beats, { channel: 'chat' })).toHaveLength(2);
  });
});

it('judges a promise once', () => {
  const judged = { type: 'sla', clockId: 'c1', target: 'first_reply' } as const;
  const rows = read('sla_outcome', [
    ['10:00:00', { ...judged, outcome: 'breached' }],
    ['10:05:00', { ...judged, outcome: 'met' }],
  ]);
  expect(rows.map(({ kind, value }) => [kind, value])).toEqual([['first_reply', 0]]);
});

it('leaves promises of claims to the figure of claims', () => {
  const claims = { type: 'sla', clockId: 'c1', target: 'claim' } as const;
  const reply = { type: 'sla', clockId: 'c2', target: 'first_reply', outcome: 'met' } as const;
  const rows = read('sla_outcome', [
    ['10:00:00', { ...claims, outcome: 'breached' }],
    ['10:05:00', reply],
    ['10:06:00', { ...claims, outcome: 'met' }],
  ]);
  expect(rows.map(({ kind, value }) => [kind, value])).toEqual([['first_reply', 1]]);
});

it('freezes team, tier and priority at the event', () => {
  const beats: Beat[] = [
    ['09:05:00', says.agent],
    ['09:10:00', { type: 'team', to: 'second' }],
    ['09:20:00', becomes('solved')],
  ];
  expect(read('first_response', beats, { teamId: 'first' })[0]?.dims.teamId).toBe('first');
  expect(read('solve', beats, { teamId: 'first' })[0]?.dims.teamId).toBe('second');
});
