import { AlarmClock, CircleAlert, X } from 'lucide-react';
import { Icon } from './icon.tsx';
import { useStore } from './store.ts';
import { useText } from './text.tsx';
import { dismissToast, holdToast, releaseToast, type Toast, toasts } from './toast.ts';

/** Once per page. Polite, so that a run of quick acts does not shout over the reader. */
export function ToastRegion() {
  const all = useStore(toasts);
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-3 bottom-[calc(72px+var(--toast-lift,0px))] z-50 flex flex-col items-center gap-2 tablet:bottom-[calc(20px+var(--toast-lift,0px))]"
    >
      {all.map((one) => (
        <ToastRow key={one.id} toast={one} />
      ))}
    </div>
  );
}

const holding = (id: number) => ({
  onPointerEnter: () => holdToast(id, 'pointer'),
  onPointerLeave: () => releaseToast(id, 'pointer'),
  onFocus: () => holdToast(id, 'focus'),
  onBlur: () => releaseToast(id, 'focus'),
});

const signs = { done: null, failed: CircleAlert, time: AlarmClock };

function ToastRow({ toast }: { toast: Toast }) {
  const t = useText();
  const sign = signs[toast.tone];
  return (
    <div
      {...holding(toast.id)}
      className="pointer-events-auto flex max-w-xl animate-appear items-center gap-3 rounded-md bg-ink py-2 ps-4 pe-2 text-body text-paper shadow-float"
    >
      {sign && <Icon of={sign} />}
      <span className="min-w-0 wrap-anywhere">{toast.text}</span>
      {toast.link && <ToastAct toast={toast} words={toast.link.words} act={toast.link.follow} />}
      {toast.undo && <ToastAct toast={toast} words={t('ui.undo')} act={toast.undo} />}
      <button
        type="button"
        aria-label={t('ui.dismiss')}
        onClick={() => dismissToast(toast.id)}
        className="grid size-7 place-items-center rounded-md opacity-70 hover:opacity-100"
      >
        <Icon of={X} />
      </button>
    </div>
  );
}

function ToastAct({ toast, words, act }: { toast: Toast; words: string; act: () => void }) {
  const follow = () => {
    dismissToast(toast.id);
    act();
  };
  const look =
    'min-h-6 shrink-0 rounded-[4px] px-2 font-strong underline underline-offset-3 hover:no-underline';
  return (
    <button type="button" onClick={follow} className={look}>
      {words}
    </button>
  );
}
