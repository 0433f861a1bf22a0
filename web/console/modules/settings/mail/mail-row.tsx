import { Link } from '@tanstack/react-router';
import { ArrowRight } from 'lucide-react';
import { useState } from 'react';
import type { Mail } from '../../../../../server/modules/channels/contract.ts';
import { cx } from '../../../../ui/cx.ts';
import type { Translate } from '../../../../ui/formats.ts';
import { Icon } from '../../../../ui/icon.tsx';
import { i18n } from '../../../../ui/language.ts';
import { useText } from '../../../../ui/text.tsx';
import { Time } from '../../../../ui/time.tsx';
import { useAct } from '../use-act.ts';
import { JoinDialog } from './join-dialog.tsx';
import { RawLink } from './raw-link.tsx';

const held = ['suspended', 'quarantined'];
/** Nothing waits for a decision, but there can be one. */
const asideToo = [...held, 'auto_reply', 'bounce', 'duplicate'];

/** One mail: who, what, its fate with the cause in words, and what can still be done about it. */
export function MailRow({ mail }: { mail: Mail }) {
  const t = useText();
  const cause = causeWords(mail, t);
  const isHeld = held.includes(mail.fate);
  return (
    <div className="grid grid-cols-1 gap-1">
      <div className="flex items-baseline gap-x-3">
        <span className={cx('shrink-0 text-dense font-strong', isHeld ? 'text-due' : 'text-ink-2')}>
          {t(`settings.mail.fate.${mail.fate}`)}
        </span>
        <bdi className="min-w-0 flex-1 truncate">{mail.subject || t('settings.untitled')}</bdi>
        {mail.ticketId && (
          <Link to="/tickets/$ticket" params={{ ticket: String(mail.ticketId) }} className="figures">
            #{mail.ticketId}
          </Link>
        )}
        <Time at={mail.receivedAt} as="nearby" className="text-dense text-ink-3" />
        {!mail.erased && <RawLink path={`/mail/ledger/${mail.id}/raw`} />}
      </div>
      <div className="flex flex-wrap items-baseline gap-x-4 text-dense text-ink-3">
        <span className="min-w-0 flex-1 basis-64 wrap-anywhere">
          <bdi>{mail.from ?? mail.envelopeFrom}</bdi>{' '}
          <Icon of={ArrowRight} directed className="inline size-3" /> <bdi>{mail.envelopeTo}</bdi>
          {cause && <> · {cause}</>}
          {mail.trust && mail.trust !== 'pass' && <> · {t(`settings.mail.trust.${mail.trust}`)}</>}
          {mail.duplicateOf && <> · {t('settings.mail.duplicate_of', { id: mail.duplicateOf })}</>}
        </span>
        <MailActs mail={mail} />
      </div>
    </div>
  );
}

/** What the reader said stands there when only it tells what went wrong; its other words say what the cause says. */
function causeWords({ cause, detail }: Mail, t: Translate): string {
  const sign = `settings.mail.sign.${detail}`;
  const more =
    sign in i18n.messages ? t(sign) : cause === 'failed' || /^[#\d.]+$/.test(detail ?? '') ? detail : null;
  return [cause && t(`settings.mail.cause.${cause}`), more].filter(Boolean).join(': ');
}

const actLook =
  'py-0.5 text-ink-2 underline decoration-edge underline-offset-3 hover:text-ink aria-disabled:opacity-50';

/** What is held needs a decision and has a line for it; the way back from one stands with the facts. */
function MailActs({ mail }: { mail: Mail }) {
  const t = useText();
  const act = useAct();
  const [joining, setJoining] = useState(false);
  const at = `/mail/ledger/${mail.id}`;
  const button = (verb: string, method: 'POST' | 'DELETE' = 'POST', name = verb) => (
    <button
      type="button"
      className={actLook}
      aria-disabled={act.isPending || undefined}
      onClick={() =>
        !act.isPending &&
        act.mutate({
          method,
          path: `${at}/${verb}`,
          done: t(`settings.mail.did.${name}`),
          refused: name === 'undo' ? t('settings.mail.refused.undo') : undefined,
        })
      }
    >
      {t(`settings.mail.do.${name}`)}
    </button>
  );
  if (mail.fate === 'discarded') return button('discard', 'DELETE', 'restore');
  if (mail.fate === 'ticket' || mail.fate === 'reply') return button('undo');
  if (!asideToo.includes(mail.fate)) return null;
  return (
    <div className="mt-0.5 flex basis-full flex-wrap items-baseline gap-x-4">
      {!mail.erased && (
        <>
          {button('release')}
          {button('reprocess')}
          <button type="button" className={actLook} onClick={() => setJoining(true)}>
            {t('settings.mail.do.join')}
          </button>
        </>
      )}
      {button('discard')}
      {joining && <JoinDialog mail={mail} onClose={() => setJoining(false)} />}
    </div>
  );
}
