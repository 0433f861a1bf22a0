import { createStore, useStore } from '../../../ui/store.ts';

const spoken = createStore('');
const quietMs = 3000;
let speakAt = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Says something to a screen reader; of what comes too quickly only the last is said. */
export function announce(words: string): void {
  clearTimeout(timer);
  timer = setTimeout(
    () => {
      speakAt = Date.now() + quietMs;
      // The same words twice are news only if the region was empty in between.
      spoken.set('');
      setTimeout(() => spoken.set(words), 50);
    },
    Math.max(0, speakAt - Date.now()),
  );
}

export function Announcer() {
  const words = useStore(spoken);
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {words}
    </div>
  );
}
