import { randomBytes } from 'node:crypto';
import { admin } from '../running-desk.ts';

/** Where a running desk answers. */
export interface DeskDoors {
  url: string;
  smtp: { host: string; port: number };
}

/** What a journey has in hand: the desk's doors and a word of its own, for names, subjects and tags. */
export interface Journey extends DeskDoors {
  tag: string;
  token: string;
}

export type Walk = (journey: Journey) => Promise<void>;

export function beginJourney(doors: DeskDoors, row: string): Journey {
  const tag = `${row.toLowerCase().replace(/[^a-z0-9]/g, '')}${randomBytes(4).toString('hex')}`;
  return { ...doors, tag, token: admin.token };
}

/** An answer of the native API that must be a good one. */
export async function ask<T>(
  { url, token }: Pick<Journey, 'url' | 'token'>,
  method: string,
  address: string,
  body?: unknown,
): Promise<T> {
  const { status, text } = await tryAsk({ url, token }, method, address, body);
  if (status >= 300) throw new Error(`${method} ${address} answered ${status}: ${text}`);
  return (text ? JSON.parse(text) : null) as T;
}

/** An answer of the native API, whatever it is. */
export async function tryAsk(
  { url, token }: Pick<Journey, 'url' | 'token'>,
  method: string,
  address: string,
  body?: unknown,
): Promise<{ status: number; text: string }> {
  const lines = typeof body === 'string';
  const response = await fetch(`${url}/api/desk/v1${address}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': lines ? 'application/x-ndjson' : 'application/json' }),
    },
    ...(body === undefined ? {} : { body: lines ? body : JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
}

/** Asks again until the answer is there; a busy machine gets the time it needs, a good one does not wait. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false>,
  seconds = ceilingSeconds(),
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  let last: unknown;
  for (;;) {
    try {
      const seen = await look();
      if (seen) return seen;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`${seconds} s went by without: ${what}`, { cause: last });
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

/** How long a journey waits for anything; journeys that are meant to fail get less. */
const ceilingSeconds = (): number => Number(process.env.JOURNEY_CEILING_SECONDS ?? 30);

/** `2026-11-20`: the day so many days from today, in UTC as the desk. */
export function day(offset: number): string {
  return new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
}

export const query = (values: Record<string, string | number>): string =>
  new URLSearchParams(Object.entries(values).map(([name, value]) => [name, String(value)])).toString();
