import { X } from 'lucide-react';
import { Button } from '../../../../ui/button.tsx';
import { IconButton } from '../../../../ui/icon-button.tsx';
import { useStore } from '../../../../ui/store.ts';
import { useText } from '../../../../ui/text.tsx';
import { useToastLift } from '../../../../ui/use-toast-lift.ts';
import { openPicker } from '../acts/open-picker.ts';
import { clearSelection, selection } from './selection.ts';

/** What the chosen tickets can have done to them; the keys do the same. */
export function BulkBar() {
  const { ids } = useStore(selection);
  return ids.size > 0 && <Bar count={ids.size} />;
}

function Bar({ count }: { count: number }) {
  const t = useText();
  useToastLift(48);
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-1 border-t border-line bg-signal-well px-3 py-1.5">
      <span className="figures px-1 font-strong">{t('inbox.selected', { n: count })}</span>
      {(['assign', 'status', 'priority', 'tag'] as const).map((name) => (
        <Button key={name} kind="quiet" onClick={() => openPicker.set(name)} className="min-h-7 px-2">
          {t(`inbox.do.${name}.short`)}
        </Button>
      ))}
      <IconButton
        icon={X}
        label={t('inbox.select_none')}
        keys="Esc"
        onClick={clearSelection}
        className="ms-auto"
      />
    </div>
  );
}
