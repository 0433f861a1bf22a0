import type { TicketDetail } from '../../../../../server/modules/tickets/contract.ts';
import { ApiError } from '../../../../api/api-error.ts';
import { request } from '../../../../api/request.ts';
import { createStore } from '../../../../ui/store.ts';
import type { Draft, DraftKind } from './draft.ts';

/** A draft as the desk has it, from whatever device. */
export type Elsewhere = TicketDetail['drafts'][number];
type Place = { key: string; ticketId: number; kind: DraftKind };

/** What hinders the desk's copy, by draft: an error, or another device that has kept other words. */
export type Hindrance = ApiError | Elsewhere;
export const hindrances = createStore<Readonly<Record<string, Hindrance>>>({});

/** The desk's copy that this one goes on from; where there is none of these, this one may be written over any. */
type Known = { since: string | null; text: string | undefined };
const known = new Map<string, Known>();

const againMs = 5000;

export const knownOnDesk = (key: string): Known | undefined => known.get(key);

export function knowOnDesk(key: string, since: string | null, draft: Draft | undefined): void {
  known.set(key, { since, text: draft && JSON.stringify(draft) });
  hinder(key, undefined);
}

export function mayOverwrite(key: string): void {
  known.delete(key);
  hinder(key, undefined);
}

function hinder(key: string, hindrance: Hindrance | undefined): void {
  const { [key]: was, ...others } = hindrances.get();
  if (was !== hindrance) hindrances.set(hindrance ? { ...others, [key]: hindrance } : others);
}

/** Keeps it on the desk; who gets no answer tries `again`, and what another device has kept waits for a decision. */
export async function keepOnDesk(
  { key, ticketId, kind }: Place,
  draft: Draft,
  again: () => void,
): Promise<void> {
  const hindrance = hindrances.get()[key];
  if (hindrance && !(hindrance instanceof ApiError)) return;
  const since = known.get(key)?.since;
  try {
    const body = { kind, body: draft, since };
    const { updatedAt } = await request<{ updatedAt: string }>('PUT', `/tickets/${ticketId}/drafts`, {
      body,
    });
    knowOnDesk(key, updatedAt, draft);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    hinder(key, (error.details.draft as Elsewhere | undefined) ?? error);
    if (error.isPassing) setTimeout(() => hindrances.get()[key] === error && again(), againMs);
  }
}

export async function dropOnDesk({ key, ticketId, kind }: Place): Promise<void> {
  try {
    await request('DELETE', `/tickets/${ticketId}/drafts`, { query: { kind } });
    knowOnDesk(key, null, undefined);
  } catch {
    // The desk's copy is only a safety net: one left behind is offered again, never sent.
    mayOverwrite(key);
  }
}
