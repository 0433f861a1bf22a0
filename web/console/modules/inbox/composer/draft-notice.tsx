import { CloudOff, MonitorSmartphone } from 'lucide-react';
import { ApiError } from '../../../../api/api-error.ts';
import { wordsOf } from '../../../../api/error-words.ts';
import { Button } from '../../../../ui/button.tsx';
import { Icon } from '../../../../ui/icon.tsx';
import { useStore } from '../../../../ui/store.ts';
import { useText } from '../../../../ui/text.tsx';
import { type DraftKind, keepThisOne, keyOf, takeElsewhere } from './draft.ts';
import { hindrances } from './draft-on-desk.ts';

const line = 'flex flex-wrap items-center gap-x-2 py-1 text-dense text-ink-2';

/** That the desk does not have these words: where they are, or which others it has. */
export function DraftNotice({ ticketId, kind }: { ticketId: number; kind: DraftKind }) {
  const t = useText();
  const key = keyOf(ticketId, kind);
  const hindrance = useStore(hindrances)[key];
  if (!hindrance) return null;
  if (hindrance instanceof ApiError)
    return (
      <p role="status" className={line}>
        <Icon of={CloudOff} />
        <span className="min-w-0 flex-1">{t('ticket.draft_away', { why: wordsOf(hindrance, t) })}</span>
      </p>
    );
  return (
    <div role="status" className={line}>
      <Icon of={MonitorSmartphone} />
      <span className="min-w-0 flex-1 max-tablet:basis-3/4">
        {t('ticket.draft_elsewhere')}{' '}
        <bdi className="line-clamp-2 text-ink wrap-anywhere">{String(hindrance.body.text ?? '')}</bdi>
      </span>
      <span className="flex gap-2">
        <Button onClick={() => keepThisOne(ticketId, kind)}>{t('ticket.draft_keep')}</Button>
        <Button onClick={() => takeElsewhere(key, hindrance)}>{t('ticket.draft_take')}</Button>
      </span>
    </div>
  );
}
