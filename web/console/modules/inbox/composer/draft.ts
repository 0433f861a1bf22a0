import type { Attachment, TicketDetail } from '../../../../../server/modules/tickets/contract.ts';
import { queryClient } from '../../../../api/client.ts';
import { meQuery } from '../../../../api/session.ts';
import { createStore } from '../../../../ui/store.ts';
import { newestPublicId } from '../ticket-cache.ts';
import {
  dropOnDesk,
  type Elsewhere,
  keepOnDesk,
  knownOnDesk,
  knowOnDesk,
  mayOverwrite,
} from './draft-on-desk.ts';

export type DraftKind = 'reply' | 'note';
export type Draft = {
  text: string;
  attachments: Attachment[];
  /** Null leaves the people in copy as they are. */
  ccs: string[] | null;
  /** The newest public message when the first word was written: who sends asks to be shown what came since. */
  seenId: number | null;
};
type Kept = Draft & { savedAt: number; since: string | null };

export const emptyDraft: Draft = { text: '', attachments: [], ccs: null, seenId: null };
export const isEmpty = ({ text, attachments }: Draft): boolean => !text.trim() && attachments.length === 0;

/** What is being written, by writer, ticket and kind; outlives the screen it is written on. */
export const drafts = createStore<Readonly<Record<string, Draft>>>({});

/** Whoever signs in after somebody else in this browser finds nothing of theirs. */
export const keyOf = (ticketId: number, kind: DraftKind): string =>
  `firstline.draft.${queryClient.getQueryData(meQuery.queryKey)?.user.id ?? 0}.${ticketId}.${kind}`;
const serverMs = 2000;
const timers = new Map<string, ReturnType<typeof setTimeout>>();

export const draftOf = (ticketId: number, kind: DraftKind): Draft =>
  drafts.get()[keyOf(ticketId, kind)] ?? emptyDraft;

const show = (key: string, draft: Draft): void => drafts.set((now) => ({ ...now, [key]: draft }));

/** Kept in this browser at once, on the desk within two seconds. */
export function writeDraft(ticketId: number, kind: DraftKind, change: Partial<Draft>): void {
  const key = keyOf(ticketId, kind);
  const before = draftOf(ticketId, kind);
  const seenId = isEmpty(before) ? newestPublicId(ticketId) : before.seenId;
  const draft = { ...before, seenId, ...change };
  show(key, draft);
  keepHere(key, draft);
  if (timers.has(key)) return;
  const timer = setTimeout(() => {
    timers.delete(key);
    saveDraft(ticketId, kind);
  }, serverMs);
  timers.set(key, timer);
}

/** What was sent and is not goes back into the box, in front of what was begun since. */
export function putBack(ticketId: number, kind: DraftKind, { ccs, ...given }: Draft): void {
  const begun = draftOf(ticketId, kind);
  // Both halves are in it, and the desk may have joined them already.
  mayOverwrite(keyOf(ticketId, kind));
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
  show(key, emptyDraft);
}

export async function dropDraft(ticketId: number, kind: DraftKind): Promise<void> {
  if (!isEmpty(draftOf(ticketId, kind))) return;
  const key = keyOf(ticketId, kind);
  localStorage.removeItem(key);
  await dropOnDesk({ key, ticketId, kind });
}

/** Brings back what was being written, the newer of the browser's and the desk's copy, and follows another device. */
export function restoreDrafts(ticket: TicketDetail): void {
  for (const kind of ['reply', 'note'] as const) {
    const key = keyOf(ticket.id, kind);
    const there = ticket.drafts.find((draft) => draft.kind === kind);
    if (drafts.get()[key]) followDesk(key, there);
    else bringBack(key, there);
  }
}

function bringBack(key: string, there: Elsewhere | undefined): void {
  const here = readHere(key);
  const fromDesk = there && Date.parse(there.updatedAt) > (here?.savedAt ?? 0);
  const newer = fromDesk ? readBody(there.body) : here;
  if (!newer || isEmpty(newer)) {
    // So that the first words here do not take the place of what another window begins meanwhile.
    if (!there) knowOnDesk(key, null, undefined);
    return;
  }
  knowOnDesk(key, fromDesk ? there.updatedAt : (here?.since ?? null), fromDesk ? newer : undefined);
  show(key, newer);
}

/** What was written on another device takes the place of what nobody has touched here since the desk had it. */
function followDesk(key: string, there: Elsewhere | undefined): void {
  const known = knownOnDesk(key);
  if (!there || !known?.since || there.updatedAt <= known.since) return;
  if (known.text === JSON.stringify(drafts.get()[key])) takeElsewhere(key, there);
}

/** Puts what another device has kept in the place of what stands here. */
export function takeElsewhere(key: string, there: Elsewhere): void {
  const draft = readBody(there.body);
  knowOnDesk(key, there.updatedAt, draft);
  show(key, draft);
  keepHere(key, draft);
}

/** Puts what stands here in the place of what another device has kept. */
export function keepThisOne(ticketId: number, kind: DraftKind): void {
  mayOverwrite(keyOf(ticketId, kind));
  saveDraft(ticketId, kind);
}

function saveDraft(ticketId: number, kind: DraftKind): void {
  const draft = draftOf(ticketId, kind);
  if (isEmpty(draft)) return void dropDraft(ticketId, kind);
  void keepOnDesk({ key: keyOf(ticketId, kind), ticketId, kind }, draft, () => saveDraft(ticketId, kind));
}

function keepHere(key: string, draft: Draft) {
  try {
    const kept: Kept = { ...draft, savedAt: Date.now(), since: knownOnDesk(key)?.since ?? null };
    if (isEmpty(draft)) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // A browser that stores nothing still has the desk's copy.
  }
}

function readHere(key: string): Kept | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? 'null') as Partial<Kept> | null;
    return kept ? { ...readBody(kept), savedAt: kept.savedAt ?? 0, since: kept.since ?? null } : undefined;
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
