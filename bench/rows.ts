import { inboxAddress } from '../test/running-desk.ts';
import type { LoadClient } from './load-client.ts';
import { measureHashes } from './machine.ts';
import { round, summarise, type Timing, time } from './measure.ts';
import { sendOverSmtp } from './smtp-load.ts';
import { type GeneratedTicket, generateTickets, toMail } from './tickets.ts';

export interface Row {
  work: string;
  budget: string;
  one: Timing | null;
  eight: Timing | null;
  note?: string;
  /** Of the machine while this row was measured. */
  hashesPerSecond?: number;
  met: boolean;
}

interface Budget {
  medianMs: number;
  perSecond?: number;
}

interface TicketPage {
  items: { id: number; version: number }[];
}

const native = '/api/desk/v1';

async function both(
  work: string,
  budget: Budget,
  run: (n: number) => Promise<unknown>,
  rounds = 300,
): Promise<Row> {
  const before = measureHashes(250);
  const one = await time(rounds, 1, run);
  const hashesPerSecond = Math.round((before + measureHashes(250)) / 2);
  const eight = await time(rounds * 3, 8, (n) => run(n + rounds));
  const met = one.medianMs <= budget.medianMs && (!budget.perSecond || eight.perSecond >= budget.perSecond);
  const wanted = `≤ ${budget.medianMs} ms${budget.perSecond ? ` (≥ ${budget.perSecond}/s)` : ''}`;
  return { work, budget: wanted, one, eight, hashesPerSecond, met };
}

/** Each everyday piece of work, as one client and as eight. */
export async function measureRows(client: LoadClient, ids: number[]): Promise<Row[]> {
  const id = (n: number) => ids[(n * 7919) % ids.length] as number;
  const get = (path: string) => client.sendJson({ method: 'GET', path });
  const rows: Row[] = [];
  const made: number[] = [];
  rows.push(
    await both('create a ticket by API', { medianMs: 6, perSecond: 380 }, async (n) => {
      const { id } = await client.sendJson<{ id: number }>({
        method: 'POST',
        path: `${native}/tickets`,
        body: {
          subject: `Bench ticket ${n}`,
          requester: { email: `bench.${n % 500}@customers.example` },
          message: { text: 'The parcel has not arrived and the tracking page has not moved for three days.' },
        },
      });
      made.push(id);
    }),
    await both('list open tickets, 50 rows', { medianMs: 10, perSecond: 200 }, () =>
      get(`${native}/tickets?view=open&limit=50`),
    ),
    await both('open a ticket with its thread', { medianMs: 5, perSecond: 450 }, (n) =>
      get(`${native}/tickets/${id(n)}`),
    ),
    await both(
      'full-text search, word in 0.1 %',
      { medianMs: 6, perSecond: 320 },
      () => get(`${native}/search?q=zephyrine`),
      100,
    ),
    await both(
      'full-text search, word in 8 %',
      { medianMs: 25 },
      () => get(`${native}/search?q=webhook`),
      100,
    ),
    await both(
      'search, a Chinese word in a sentence',
      { medianMs: 6 },
      () => get(`${native}/search?q=${encodeURIComponent('琥珀协议')}`),
      100,
    ),
    // Each is the first answer to a new ticket, so at every size the same clocks end and the same figures move.
    await both('reply', { medianMs: 3, perSecond: 500 }, (n) =>
      client.sendJson({
        method: 'POST',
        path: `${native}/tickets/${made[n % made.length]}/messages`,
        body: { text: 'Thank you for writing. A replacement leaves our warehouse tomorrow.' },
      }),
    ),
    await both(
      'report page: 8 tiles, 30 days, compared',
      { medianMs: 13 },
      () => get(`${native}/dashboard?${lastDays(30)}&compare=previous`),
      40,
    ),
    await both(
      'report page: the same with a point a day',
      { medianMs: 13 },
      () => get(`${native}/dashboard?${lastDays(30)}&compare=previous&interval=day`),
      40,
    ),
    await both(
      'report page: 8 tiles, a year',
      { medianMs: 50 },
      () => get(`${native}/dashboard?${lastDays(365)}`),
      20,
    ),
  );
  return rows;
}

/** The generated data ends on this day. */
const dataEnd = Date.parse('2026-11-01T00:00:00Z');

function lastDays(days: number): string {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  return `from=${day(dataEnd - days * 86_400_000)}&to=${day(dataEnd)}`;
}

/**
 * Mail through the real door: how soon accepted, when one sender sends as fast as it is answered; how soon a ticket, when
 * a mail comes by itself; how many a second to the last ticket.
 */
export async function measureMail(
  client: LoadClient,
  smtp: { host: string; port: number },
  count: number,
): Promise<Row> {
  const tickets: GeneratedTicket[] = [];
  for await (const ticket of generateTickets(count, 7)) tickets.push(ticket);
  const mails = tickets.map((ticket, n) => toMail(ticket, inboxAddress, n));
  const single = await sendOverSmtp(smtp, inboxAddress, mails.slice(0, 100));
  await waitForLedger(client);
  const toTicketMs: number[] = [];
  for (const mail of mails.slice(100, 130)) {
    await sendOverSmtp(smtp, inboxAddress, [mail]);
    toTicketMs.push(await waitForLedger(client));
  }
  const later = summarise(toTicketMs, 1);
  const rest = mails.slice(130);
  const lanes = Array.from({ length: 8 }, (_, lane) => rest.filter((_mail, n) => n % 8 === lane));
  const began = performance.now();
  const busy = (await Promise.all(lanes.map((lane) => sendOverSmtp(smtp, inboxAddress, lane)))).flat();
  await waitForLedger(client);
  const seconds = (performance.now() - began) / 1000;
  const one = summarise(single, single.reduce((sum, ms) => sum + ms, 0) / 1000);
  const eight = { ...summarise(busy, seconds), perSecond: round(rest.length / seconds) };
  return {
    work: 'mail in, until it is a ticket',
    budget: 'accepted ≤ 7 ms, a ticket ≤ 250 ms later, ≥ 300 mails/s',
    one,
    eight,
    note: `a ticket ${later.medianMs} ms (p95 ${later.p95Ms}) after its 250, when it comes by itself`,
    met: one.medianMs <= 7 && later.medianMs <= 250 && eight.perSecond >= 300,
  };
}

/** Every mail was acknowledged before this is asked, so it is done when none waits to be read. */
async function waitForLedger(client: LoadClient): Promise<number> {
  const began = performance.now();
  for (;;) {
    const page = await client.sendJson<{ items: unknown[] }>({
      method: 'GET',
      path: `${native}/mail/ledger?fate=received&limit=1`,
    });
    if (page.items.length === 0) return performance.now() - began;
    if (performance.now() - began > 300_000) throw new Error('mails did not become tickets in five minutes');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export async function readIds(client: LoadClient): Promise<number[]> {
  const ids: number[] = [];
  let cursor: string | null = '';
  while (cursor !== null && ids.length < 2000) {
    const suffix: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
    const page: TicketPage & { nextCursor: string | null } = await client.sendJson({
      method: 'GET',
      path: `${native}/tickets?view=open&limit=100${suffix}`,
    });
    ids.push(...page.items.map((item) => item.id));
    cursor = page.nextCursor;
  }
  return ids;
}
