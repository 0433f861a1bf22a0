import { useEffect } from 'react';
import { request } from '../../../../api/request.ts';
import { streamName } from '../../../../api/stream.ts';
import { useStore } from '../../../../ui/store.ts';
import { writing } from './typing.ts';

/** Who only passes by on the way to another ticket does not look at it. */
const lookMs = 300;

/** Tells the desk that this screen shows a ticket, and what is written on it: once, and when it changes. */
export function useViewing(ticketId: number): void {
  const stream = useStore(streamName);
  const now = useStore(writing);
  const kind = now?.ticketId === ticketId ? now.kind : null;
  const path = stream && `/tickets/${ticketId}/viewers/${stream}`;
  useEffect(() => {
    if (!path) return;
    // Nothing hangs on it: the next change, or the next line, tells it anew.
    const tell = () => void request('PUT', path, { body: { writing: kind } }).catch(() => undefined);
    const timer = setTimeout(tell, kind ? 0 : lookMs);
    return () => clearTimeout(timer);
  }, [path, kind]);
  useEffect(() => {
    if (!path) return;
    return () => {
      // A line that is gone has taken its name off the desk itself.
      if (streamName.get() === stream) void request('DELETE', path).catch(() => undefined);
    };
  }, [path, stream]);
}
