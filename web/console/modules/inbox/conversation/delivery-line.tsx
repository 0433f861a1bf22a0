import { Check, CircleAlert, Clock, Undo2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Message } from '../../../../../server/modules/tickets/contract.ts';
import { cx } from '../../../../ui/cx.ts';
import { Icon } from '../../../../ui/icon.tsx';
import { useText } from '../../../../ui/text.tsx';
import { useCommands } from '../../../../ui/use-commands.ts';
import { useMe } from '../../../shell/use-me.ts';
import { retryDelivery, undoSending } from '../composer/undo-sending.ts';

type Delivery = NonNullable<Message['delivery']>;

const troubled = new Set(['failed', 'partly_failed', 'uncertain', 'held', 'retrying']);
const canRetry = new Set(['failed', 'partly_failed', 'uncertain', 'held']);
const known = new Set([...troubled, 'waiting', 'sending', 'sent', 'kept', 'withdrawn']);
const link =
  'min-h-6 inline-flex items-center gap-1 font-strong underline underline-offset-3 hover:no-underline';

/** How far an answer has got on its way to the customer, who has not got it, and what can still be done about it. */
export function DeliveryLine({ message, delivery }: { message: Message; delivery: Delivery }) {
  const t = useText();
  const left = useSecondsUntil(delivery.state === 'waiting' ? delivery.sendAt : null);
  const trouble = troubled.has(delivery.state);
  const word = wordOf(delivery);
  // With one recipient there is no question who.
  const named = delivery.missing.length + delivery.accepted > 1;
  return (
    <div className={cx('mt-2 text-dense', trouble ? 'text-late' : 'text-ink-3')}>
      <p className="flex items-start gap-x-2">
        <Icon of={trouble ? CircleAlert : word === 'sent' ? Check : Clock} className="mt-0.5" />
        <span className="flex min-w-0 flex-wrap items-center gap-x-2">
          {left > 0 ? <Waiting message={message} left={left} /> : <span>{t(`ticket.delivery.${word}`)}</span>}
          {trouble && !named && delivery.error && <bdi className="wrap-anywhere">{delivery.error}</bdi>}
          {canRetry.has(delivery.state) && (
            <button type="button" className={link} onClick={() => void retryDelivery(message, t)}>
              {t('ui.retry')}
            </button>
          )}
        </span>
      </p>
      {trouble && named && <Missing missing={delivery.missing} />}
    </div>
  );
}

function wordOf({ state, accepted }: Delivery): string {
  if (state === 'retrying' && accepted > 0) return 'retrying_some';
  return known.has(state) ? state : 'sending';
}

/** Who has not got it, whether they still may, and what was said. */
function Missing({ missing }: Pick<Delivery, 'missing'>) {
  const t = useText();
  return (
    <ul className="mt-0.5 grid gap-0.5 ps-6">
      {missing.map(({ address, final, said }) => (
        <li key={address} className="wrap-anywhere">
          <bdi className="font-strong">{address}</bdi> ·{' '}
          {t(`ticket.delivery.${final ? 'failed' : 'retrying'}`)}
          {said && (
            <>
              {' · '}
              <bdi>{said}</bdi>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Until it leaves, its writer can take it back. */
function Waiting({ message, left }: { message: Message; left: number }) {
  const t = useText();
  const own = message.authorId === useMe().user.id;
  const undo = () => void undoSending(message, t);
  const group = t('inbox.group.ticket');
  const command = { id: `undo.send.${message.id}`, group, label: t('ticket.undo_sending'), run: undo };
  useCommands(own ? [command] : []);
  return (
    <>
      <span className="figures">{t('ticket.sending_in', { n: left })}</span>
      {own && (
        <button type="button" className={cx(link, 'text-ink')} onClick={undo}>
          <Icon of={Undo2} directed />
          {t('ui.undo')}
        </button>
      )}
    </>
  );
}

function useSecondsUntil(at: string | null): number {
  const [now, setNow] = useState(Date.now);
  const left = at === null ? 0 : Math.ceil((Date.parse(at) - now) / 1000);
  const running = left > 0;
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [running]);
  return left;
}
