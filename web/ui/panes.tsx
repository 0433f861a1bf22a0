import { lazy, type ReactNode, Suspense } from 'react';
import { cx } from './cx.ts';
import { useWide } from './use-wide.ts';

const Drawer = lazy(async () => ({ default: (await import('./dialog.tsx')).Drawer }));

type PanesProps = {
  /** Views or sections, a narrow column. */
  views?: ReactNode;
  list: ReactNode;
  /** While there is none the list has its room. */
  detail: ReactNode;
  panel?: ReactNode;
  panelTitle: string;
  panelOpen: boolean;
  onPanelClose: () => void;
  /** Which one is on screen where only one fits. */
  showing: 'views' | 'list' | 'detail';
};

/**
 * views | list | detail | panel. From 1280 px all stand side by side; from 768 px the list or the detail
 * with the panel as a drawer; on a phone one pane at a time.
 */
export function Panes({
  views,
  list,
  detail,
  panel,
  panelTitle,
  panelOpen,
  onPanelClose,
  showing,
}: PanesProps) {
  const wide = useWide('desk');
  const at = (pane: PanesProps['showing'], look: string) =>
    cx(
      'min-h-0 min-w-0 overflow-hidden desk:flex desk:flex-col',
      look,
      showing === pane ? 'flex flex-col' : 'hidden',
    );
  return (
    <div className="flex h-full">
      {views && <div className={at('views', 'flex-1 desk:w-52 desk:flex-none')}>{views}</div>}
      <div className={at('list', detail ? 'flex-1 desk:w-96 desk:flex-none' : 'flex-1')}>{list}</div>
      {detail && <div className={at('detail', 'flex-1 bg-paper')}>{detail}</div>}
      {panel && wide && panelOpen && (
        <aside aria-label={panelTitle} className="hidden w-76 overflow-y-auto bg-sunken px-5 py-4 desk:block">
          {panel}
        </aside>
      )}
      {panel && !wide && panelOpen && (
        <Suspense fallback={null}>
          <Drawer open onClose={onPanelClose} title={panelTitle}>
            {panel}
          </Drawer>
        </Suspense>
      )}
    </div>
  );
}
