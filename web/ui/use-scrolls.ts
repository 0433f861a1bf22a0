import { type RefObject, useEffect, useRef, useState } from 'react';

/** Whether a box holds more than it is wide: then it is scrolled by keys as well, and needs the focus for that. */
export function useScrolls<E extends HTMLElement>(): [RefObject<E | null>, boolean] {
  const box = useRef<E>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const { current } = box;
    if (!current) return;
    const look = () => setScrolls(current.scrollWidth > current.clientWidth);
    const watch = new ResizeObserver(look);
    for (const one of [current, ...current.children]) watch.observe(one);
    return () => watch.disconnect();
  }, []);
  return [box, scrolls];
}
