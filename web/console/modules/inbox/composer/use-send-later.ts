import { useEffect, useRef, useState } from 'react';
import type { SendStatus } from './outgoing.ts';

type Send = (status: SendStatus) => void;

/** Sending that waits for files on their way: asked for once, it happens when the last of them is there. */
export function useSendLater(waiting: boolean, send: Send) {
  const [wish, setWish] = useState<{ status: SendStatus } | null>(null);
  const latest = useRef(send);
  latest.current = send;
  useEffect(() => {
    if (!wish || waiting) return;
    setWish(null);
    latest.current(wish.status);
  }, [wish, waiting]);
  return {
    wished: wish !== null,
    ask: (status: SendStatus) => (waiting ? setWish({ status }) : send(status)),
    drop: () => setWish(null),
  };
}
