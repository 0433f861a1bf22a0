import { createStore } from '../ui/store.ts';
import { announceSessionEnd, queryClient } from './client.ts';
import { readEventStream, type StreamMessage, StreamRefused } from './event-stream.ts';
import { tell } from './live.ts';
import { apiUrl } from './request.ts';

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
const longestWaitMs = 30_000;

let line: AbortController | undefined;
let position: number | undefined;
let failures = 0;
let reconnectTimer: ReturnType<typeof setTimeout> | undefined;
let silenceTimer: ReturnType<typeof setTimeout> | undefined;

/** Begins after a position of the log, so that nothing is missed of what was read since. */
export function openStream(after: number): void {
  if (line || reconnectTimer) return;
  position = after;
  window.addEventListener('online', reconnectNow);
  void connect();
}

export function closeStream(): void {
  window.removeEventListener('online', reconnectNow);
  hangUp();
  clearTimeout(reconnectTimer);
  reconnectTimer = undefined;
  position = undefined;
  streamState.set({ phase: 'closed', heardAt: null });
}

async function connect() {
  reconnectTimer = undefined;
  const mine = new AbortController();
  line = mine;
  streamState.set((now) => ({ ...now, phase: now.heardAt === null ? 'connecting' : 'stale' }));
  listenForSilence();
  try {
    await readEventStream(apiUrl('/stream', { after: position }), mine.signal, hear);
  } catch (error) {
    if (error instanceof StreamRefused && error.status === 401 && line === mine) {
      closeStream();
      return announceSessionEnd();
    }
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
  clearTimeout(reconnectTimer);
  reconnectTimer = setTimeout(connect, waitMs(failures++));
}

function reconnectNow() {
  if (!reconnectTimer) return;
  clearTimeout(reconnectTimer);
  void connect();
}

/** Doubling with full jitter, so that a restarted desk is not met by everyone at once. */
export function waitMs(failed: number, chance: () => number = Math.random): number {
  const ceiling = Math.min(longestWaitMs, firstWaitMs * 2 ** failed);
  return firstWaitMs / 2 + chance() * ceiling;
}
