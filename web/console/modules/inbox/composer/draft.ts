import type { Attachment, TicketDetail } from '../../../../../server/modules/tickets/contract.ts';
import { request } from '../../../../api/request.ts';
import { createStore } from '../../../../ui/store.ts';
import { newestPublicId } from '../ticket-cache.ts';

export type DraftKind = 'reply' | 'note';
export type Draft = {
  text: string;
  attachments: Attachment[];
  /** Null leaves the people in copy as they are. */
  ccs: string[] | null;
  /** The newest public message when the first word was written: who sends asks to be shown what came since. */
  seenId: number | null;
};
type Kept = Draft & { savedAt: number };

export const emptyDraft: Draft = { text: '', attachments: [], ccs: null, seenId: null };
export const isEmpty = ({ text, attachments }: Draft): boolean => !text.trim() && attachments.length === 0;

/** What is being written, by ticket and kind; outlives the screen it is written on. */
export const drafts = createStore<Readonly<Record<string, Draft>>>({});

const keyOf = (ticketId: number, kind: DraftKind) => `firstline.draft.${ticketId}.${kind}`;
const serverMs = 2000;
const timers = new Map<string, ReturnType<typeof setTimeout>>();

export const draftOf = (ticketId: number, kind: DraftKind): Draft =>
  drafts.get()[keyOf(ticketId, kind)] ?? emptyDraft;

/** Kept in this browser at once, on the desk within two seconds. */
export function writeDraft(ticketId: number, kind: DraftKind, change: Partial<Draft>): void {
  const key = keyOf(ticketId, kind);
  const before = draftOf(ticketId, kind);
  const seenId = isEmpty(before) ? newestPublicId(ticketId) : before.seenId;
  const draft = { ...before, seenId, ...change };
  drafts.set((now) => ({ ...now, [key]: draft }));
  keepHere(key, draft);
  if (timers.has(key)) return;
  const timer = setTimeout(() => {
    timers.delete(key);
    void keepOnDesk(ticketId, kind);
  }, serverMs);
  timers.set(key, timer);
}

/** What was sent and is not goes back into the box, in front of what was begun since. */
export function putBack(ticketId: number, kind: DraftKind, { ccs, ...given }: Draft): void {
  const begun = draftOf(ticketId, kind);
  writeDraft(ticketId, kind, {
    text: [given.text, begun.text].filter((words) => words.trim()).join('\n\n'),
    attachments: [...given.attachments, ...begun.attachments],
    ccs: begun.ccs ?? ccs,
    seenId: given.seenId,
  });
}

/** Empties the box while the words are on their way; what is kept stays until they have arrived. */
export function clearBox(ticketId: number, kind: DraftKind): void {
  const key = keyOf(ticketId, kind);
  clearTimeout(timers.get(key));
  timers.delete(key);
  drafts.set((now) => ({ ...now, [key]: emptyDraft }));
}

export async function dropDraft(ticketId: number, kind: DraftKind): Promise<void> {
  if (!isEmpty(draftOf(ticketId, kind))) return;
  localStorage.removeItem(keyOf(ticketId, kind));
  // The desk's copy is only a safety net: one left behind is offered again, never sent.
  await request('DELETE', `/tickets/${ticketId}/drafts`, { query: { kind } }).catch(() => undefined);
}

/** Brings back what was being written, the newer of the browser's and the desk's copy. */
export function restoreDrafts(ticket: TicketDetail): void {
  for (const kind of ['reply', 'note'] as const) {
    const key = keyOf(ticket.id, kind);
    if (drafts.get()[key]) continue;
    const here = readHere(key);
    const there = ticket.drafts.find((draft) => draft.kind === kind);
    const newer = there && Date.parse(there.updatedAt) > (here?.savedAt ?? 0) ? readBody(there.body) : here;
    if (newer && !isEmpty(newer)) drafts.set((now) => ({ ...now, [key]: newer }));
  }
}

async function keepOnDesk(ticketId: number, kind: DraftKind): Promise<void> {
  const draft = draftOf(ticketId, kind);
  if (isEmpty(draft)) return dropDraft(ticketId, kind);
  // The browser's copy stands in while the desk is away; the next key press tries again.
  await request('PUT', `/tickets/${ticketId}/drafts`, { body: { kind, body: draft } }).catch(() => undefined);
}

function keepHere(key: string, draft: Draft) {
  try {
    if (isEmpty(draft)) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify({ ...draft, savedAt: Date.now() } satisfies Kept));
  } catch {
    // A browser that stores nothing still has the desk's copy.
  }
}

function readHere(key: string): Kept | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? 'null') as Partial<Kept> | null;
    return kept ? { ...readBody(kept), savedAt: kept.savedAt ?? 0 } : undefined;
  } catch {
    return undefined;
  }
}

function readBody(body: Partial<Record<keyof Draft, unknown>>): Draft {
  return {
    text: typeof body.text === 'string' ? body.text : '',
    attachments: Array.isArray(body.attachments) ? (body.attachments as Attachment[]) : [],
    ccs: Array.isArray(body.ccs) ? body.ccs.map(String) : null,
    seenId: typeof body.seenId === 'number' ? body.seenId : null,
  };
}
