import { Link } from '@tanstack/react-router';
import { ArrowRight } from 'lucide-react';
import { useState } from 'react';
import type { z } from 'zod';
import type { outgoingShape } from '../../../../../server/modules/channels/contract.ts';
import { apiUrl } from '../../../../api/request.ts';
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

type Outgoing = z.infer<typeof outgoingShape>;
const states = [
  'waiting',
  'sending',
  'sent',
  'kept',
  'retrying',
  'uncertain',
  'failed',
  'withdrawn',
] as const;
const troubled: readonly string[] = ['retrying', 'uncertain', 'failed'];

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
    <div className="grid gap-1">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <span
          className={cx('text-dense font-strong', troubled.includes(mail.state) ? 'text-late' : 'text-ink-2')}
        >
          {t(`settings.outbox.state.${mail.state}`)}
        </span>
        <bdi className="min-w-0 flex-1 truncate">{mail.subject}</bdi>
        {mail.ticketId && (
          <Link to="/tickets/$ticket" params={{ ticket: String(mail.ticketId) } as never} className="figures">
            #{mail.ticketId}
          </Link>
        )}
        <Time at={mail.sentAt ?? mail.createdAt} as="nearby" className="text-dense text-ink-3" />
      </div>
      <p className="text-dense text-ink-3">
        <bdi>{mail.from}</bdi> <Icon of={ArrowRight} directed className="inline size-3" />{' '}
        <bdi>{[...mail.to, ...mail.cc].join(', ')}</bdi> · {t('settings.tries', { n: mail.attempts })}
        {mail.lastError && <span className="text-late"> · {mail.lastError}</span>}
      </p>
      <div className="flex items-center gap-3 text-dense">
        {troubled.includes(mail.state) && (
          <Button busy={act.isPending} onClick={retry}>
            {t('ui.retry')}
          </Button>
        )}
        <a href={apiUrl(`/outbox/${mail.id}/raw`)} download>
          {t('settings.mail.raw')}
        </a>
      </div>
    </div>
  );
}
