import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Desk } from '../../platform/desk.ts';
import type { Principal } from '../../platform/http/principal.ts';
import { liveLog } from './live-log.ts';
import { liveProgress } from './live-progress.ts';
import { presentEvent, visibleEvents } from './live-visible.ts';
import { streamViewers } from './stream-viewers.ts';

const heartbeatMilliseconds = 5000;
const batch = 500;
/** A reader that lets this much pile up is cut off; it resumes from its last position. */
const mostBuffered = 4 * 1024 * 1024;

export interface StreamParts {
  desk: Desk;
  request: FastifyRequest;
  reply: FastifyReply;
  after: number;
  /** The reader was further than the log is: what they know is to be read anew. */
  reset: boolean;
  /** Hears also how far the figures are; customers see none. */
  staff: boolean;
  /** Reads who asks anew: a right taken away is silent from the next send on. */
  identify(): Promise<Principal | null>;
}

/** Server-sent events: the log from a position on, each event checked against the reader's rights as it is sent. */
export function streamEvents({ desk, request, reply, after, reset, staff, identify }: StreamParts): void {
  reply.hijack();
  const out = reply.raw;
  out.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  });
  const stream = randomBytes(16).toString('base64url');
  const ready = { position: after, stream, ...(reset ? { reset } : {}) };
  out.write(`retry: 1000\nevent: ready\ndata: ${JSON.stringify(ready)}\n\n`);
  const log = liveLog(desk);
  let position = after;
  let sending = false;
  let again = false;

  async function send(): Promise<void> {
    do {
      again = false;
      const principal = await identify();
      if (!principal) return end('signed_out');
      const events = await log.after(position, batch);
      if (events.length === 0) continue;
      const visible = await visibleEvents(desk.db, principal, events);
      for (const event of visible) {
        out.write(
          `id: ${event.position}\nevent: ${event.type}\ndata: ${JSON.stringify(presentEvent(event))}\n\n`,
        );
      }
      position = events.at(-1)?.position ?? position;
      if (out.writableLength > mostBuffered) return end('too_slow');
      if (out.writableNeedDrain) await drained(out);
      again ||= events.length === batch;
    } while (again && !out.writableEnded);
  }

  function wake(): void {
    again = true;
    if (sending) return;
    sending = true;
    void send()
      .catch((error) => desk.log.warn({ error }, 'stream stumbled; the next event tries again'))
      .finally(() => {
        sending = false;
      });
  }

  function end(reason: string): void {
    if (out.writableEnded) return;
    out.end(`event: end\ndata: ${JSON.stringify({ reason })}\n\n`);
  }

  /** Asks nobody who they are: it names nothing but a position. */
  function tellProgress(announcedAs: string, to: number): void {
    if (!out.writableEnded) out.write(`event: ${announcedAs}\ndata: ${JSON.stringify({ to })}\n\n`);
  }

  const heartbeat = setInterval(() => {
    // One who reads slowly hears that the line lives when what they wait for arrives.
    if (!out.writableEnded && !out.writableNeedDrain) {
      out.write(
        `id: ${position}\nevent: heartbeat\ndata: ${JSON.stringify({ at: new Date().toISOString(), position })}\n\n`,
      );
    }
  }, heartbeatMilliseconds);
  const off = [
    log.onMore(wake),
    desk.signals.on('access', wake),
    // No part of the log: it has no position, and is not told again to a reader who resumes.
    streamViewers({
      desk,
      stream,
      identify,
      say: (viewers) => out.write(`event: viewers.changed\ndata: ${JSON.stringify(viewers)}\n\n`),
    }),
    ...(staff ? [liveProgress(desk).join(tellProgress)] : []),
  ];
  const close = () => {
    clearInterval(heartbeat);
    for (const stop of off) stop();
  };
  request.raw.on('close', close);
  out.on('close', close);
  wake();
}

/** Nobody is read on for who does not take what they were sent: what waits for them is a batch at most. */
function drained(out: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      out.off('drain', done).off('close', done);
      resolve();
    };
    out.once('drain', done).once('close', done);
  });
}
