import { createStore } from '../ui/store.ts';
import { announceSessionEnd, queryClient } from './client.ts';
import { readEventStream, type StreamMessage, StreamRefused } from './event-stream.ts';
import { tell } from './live.ts';
import { apiUrl, onAnswer } from './request.ts';

export type StreamState = {
  /** `stale`: the line is lost, or silent past two heartbeats. */
  phase: 'closed' | 'connecting' | 'live' | 'stale';
  /** When the desk last said anything, epoch ms; what a figure's "as of" leans on. */
  heardAt: number | null;
};

export const streamState = createStore<StreamState>({ phase: 'closed', heardAt: null });

/** The open line's own name, by which this screen says what it shows; null while there is none. */
export const streamName = createStore<string | null>(null);

const silenceMs = 12_000;
const firstWaitMs = 500;
const longestWaitMs = 10_000;
const longestUnseenMs = 30_000;
/** After a sign that the desk is back; 400 people may see the same one. */
const soonMs = 2000;
const signs = ['online', 'focus', 'visibilitychange'];

let line: AbortController | undefined;
let position: number | undefined;
let failures = 0;
/** Refused by a desk that is there: a sign that it is there tells nothing new. */
let refused = false;
let reconnectTimer: ReturnType<typeof setTimeout> | undefined;
let reconnectAt = 0;
let silenceTimer: ReturnType<typeof setTimeout> | undefined;

/** Begins after a position of the log, so that nothing is missed of what was read since. */
export function openStream(after: number): void {
  if (line || reconnectTimer) return;
  position = after;
  for (const sign of signs) window.addEventListener(sign, reconnectSoon);
  onAnswer(reconnectSoon);
  void connect();
}

export function closeStream(): void {
  for (const sign of signs) window.removeEventListener(sign, reconnectSoon);
  hangUp();
  clearTimeout(reconnectTimer);
  reconnectTimer = undefined;
  position = undefined;
  streamState.set({ phase: 'closed', heardAt: null });
}

async function connect() {
  reconnectTimer = undefined;
  refused = false;
  const mine = new AbortController();
  line = mine;
  streamState.set((now) => ({ ...now, phase: now.heardAt === null ? 'connecting' : 'stale' }));
  listenForSilence();
  try {
    await readEventStream(apiUrl('/stream', { after: position }), mine.signal, hear);
  } catch (error) {
    if (line !== mine) return;
    const status = error instanceof StreamRefused ? error.status : 0;
    if (status === 401) {
      closeStream();
      return announceSessionEnd();
    }
    refused = status >= 400 && status < 500;
  }
  if (line === mine) lost();
}

function hear({ id, type, data }: StreamMessage) {
  failures = 0;
  streamState.set({ phase: 'live', heardAt: Date.now() });
  listenForSilence();
  const content: unknown = JSON.parse(data);
  if (type === 'ready') begin(content as { stream?: string; reset?: boolean });
  // Heartbeats carry the position too: what this reader may not see need not be asked for again.
  const at = id || (content as { position?: number } | null)?.position;
  if (at !== undefined) position = Number(at);
  if (type === 'ready' || type === 'heartbeat' || type === 'end') return;
  tell({ type, position: position ?? 0, data: content });
}

/** A desk that was restored is behind what this screen knows. */
function begin({ stream, reset }: { stream?: string; reset?: boolean }) {
  streamName.set(stream ?? null);
  if (reset) void queryClient.invalidateQueries();
}

function listenForSilence() {
  clearTimeout(silenceTimer);
  silenceTimer = setTimeout(lost, silenceMs);
}

function hangUp() {
  clearTimeout(silenceTimer);
  line?.abort();
  line = undefined;
  streamName.set(null);
}

function lost() {
  hangUp();
  streamState.set((now) => ({ ...now, phase: 'stale' }));
  reconnectIn(waitMs(failures++, document.hidden ? longestUnseenMs : longestWaitMs));
}

function reconnectIn(ms: number) {
  clearTimeout(reconnectTimer);
  reconnectAt = Date.now() + ms;
  reconnectTimer = setTimeout(connect, ms);
}

/** One chance a wait: many signs at once do not bring everyone to its beginning. */
function reconnectSoon() {
  if (reconnectTimer && !refused && reconnectAt - Date.now() > soonMs) reconnectIn(Math.random() * soonMs);
}

/** Doubling with full jitter, so that a restarted desk is not met by everyone at once. */
export function waitMs(failed: number, longest: number, chance: () => number = Math.random): number {
  const ceiling = Math.min(longest, firstWaitMs * 2 ** failed);
  return firstWaitMs / 2 + chance() * ceiling;
}
