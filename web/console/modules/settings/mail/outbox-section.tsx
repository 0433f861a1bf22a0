import { Link } from '@tanstack/react-router';
import { ArrowRight } from 'lucide-react';
import { useState } from 'react';
import type { z } from 'zod';
import type { outgoingShape } from '../../../../../server/modules/channels/contract.ts';
import { Button } from '../../../../ui/button.tsx';
import { cx } from '../../../../ui/cx.ts';
import { Icon } from '../../../../ui/icon.tsx';
import { Select } from '../../../../ui/select.tsx';
import { useText } from '../../../../ui/text.tsx';
import { Time } from '../../../../ui/time.tsx';
import { choiceOf, none } from '../editing/choice.ts';
import { PagedList } from '../paged-list.tsx';
import { Section } from '../section.tsx';
import { useAct } from '../use-act.ts';
import { RawLink } from './raw-link.tsx';

type Outgoing = z.infer<typeof outgoingShape>;
const states = [
  'waiting',
  'sending',
  'sent',
  'kept',
  'retrying',
  'uncertain',
  'held',
  'failed',
  'partly_failed',
  'withdrawn',
] as const;
/** What the desk tells of the outbox as it happens; that a mail is put off it does not tell. */
const told = [
  'message.sent',
  'message.withdrawn',
  'mail.sent',
  'mail.failed',
  'mail.retried',
  'mail.held',
  'mail.bounced',
];
const troubled: readonly string[] = ['retrying', 'uncertain', 'held', 'failed', 'partly_failed'];

/** Every mail the desk writes, and whether it went. */
export function OutboxSection() {
  const t = useText();
  const [state, setState] = useState<string | null>(null);
  return (
    <Section title={t('settings.outbox')} text={t('settings.outbox.text')}>
      <div className="mb-3 w-48">
        <Select
          label={t('settings.outbox.state')}
          value={choiceOf(state)}
          onChange={(value) => setState(value === none ? null : value)}
          options={[
            { value: none as string, label: t('settings.any') },
            ...states.map((value) => ({
              value: value as string,
              label: t(`settings.outbox.state.${value}`),
            })),
          ]}
        />
      </div>
      <PagedList<Outgoing>
        name="outbox"
        path="/outbox"
        query={{ state: state ?? undefined }}
        keyOf={({ id }) => id}
        row={(mail) => <OutgoingRow mail={mail} />}
        empty={t('settings.outbox.empty')}
        events={told}
        isMoving={({ state: at }) => at === 'waiting' || at === 'sending'}
      />
    </Section>
  );
}

function OutgoingRow({ mail }: { mail: Outgoing }) {
  const t = useText();
  const act = useAct();
  const retry = () =>
    act.mutate({ method: 'POST', path: `/outbox/${mail.id}/retry`, done: t('settings.outbox.retried') });
  return (
    <div className="grid grid-cols-1 gap-1">
      <div className="flex items-baseline gap-x-3 max-tablet:flex-wrap">
        <span
          className={cx(
            'shrink-0 text-dense font-strong max-tablet:basis-full',
            troubled.includes(mail.state) ? 'text-late' : 'text-ink-2',
          )}
        >
          {t(`settings.outbox.state.${mail.state}`)}
        </span>
        <bdi className="min-w-0 flex-1 truncate">{mail.subject}</bdi>
        {mail.ticketId && (
          <Link to="/tickets/$ticket" params={{ ticket: String(mail.ticketId) }} className="figures">
            #{mail.ticketId}
          </Link>
        )}
        <Time at={mail.sentAt ?? mail.createdAt} as="nearby" className="text-dense text-ink-3" />
        <RawLink path={`/outbox/${mail.id}/raw`} />
      </div>
      <p className="text-dense text-ink-3">
        <bdi>{mail.from}</bdi> <Icon of={ArrowRight} directed className="inline size-3" />{' '}
        <bdi>{[...mail.to, ...mail.cc].join(', ')}</bdi> · {t('settings.tries', { n: mail.attempts })}
        <Trouble mail={mail} />
      </p>
      {troubled.includes(mail.state) && (
        <div>
          <Button busy={act.isPending} onClick={retry}>
            {t('ui.retry')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** What was said of whom; with one recipient there is no question who. */
function Trouble({ mail: { answers, lastError } }: { mail: Outgoing }) {
  const missing = answers.filter(({ outcome }) => outcome !== 'accepted');
  if (answers.length < 2 || missing.length === 0)
    return lastError && <span className="text-late"> · {lastError}</span>;
  return missing.map(({ address, said }) => (
    <span key={address} className="text-late wrap-anywhere">
      {' · '}
      <bdi className="font-strong">{address}</bdi> {said}
    </span>
  ));
}
