import { Link } from '@tanstack/react-router';
import { refreshSoon } from '../../../../api/refresh.ts';
import { Button } from '../../../../ui/button.tsx';
import { useText } from '../../../../ui/text.tsx';
import { Time } from '../../../../ui/time.tsx';
import { PagedList } from '../paged-list.tsx';
import { Section } from '../section.tsx';
import { useAct } from '../use-act.ts';
import { consumerName } from './consumer-name.ts';

type AsideTicket = {
  id: number;
  consumer: string;
  ticketId: number;
  error: string;
  since: string;
  tries: number;
  due: boolean;
};

/** Tickets that a reader of the log had to leave out, with its reason. */
export function AsideSection() {
  const t = useText();
  return (
    <Section title={t('settings.aside')} text={t('settings.aside.text')}>
      <PagedList<AsideTicket>
        name="set-aside"
        path="/set-aside"
        keyOf={({ id }) => id}
        row={(ticket) => <AsideRow ticket={ticket} />}
        empty={t('settings.aside.empty')}
        isMoving={({ due }) => due}
      />
    </Section>
  );
}

function AsideRow({ ticket }: { ticket: AsideTicket }) {
  const t = useText();
  const act = useAct();
  const [reason, ...frames] = ticket.error.split('\n');
  return (
    <div className="grid grid-cols-1 gap-1">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <Link
          to="/tickets/$ticket"
          params={{ ticket: String(ticket.ticketId) }}
          className="figures font-strong"
        >
          #{ticket.ticketId}
        </Link>
        <span>{consumerName(ticket.consumer, t)}</span>
        <span className="text-dense text-ink-3">
          {ticket.due ? t('settings.aside.due') : t('settings.tries', { n: ticket.tries })}
        </span>
        <Time at={ticket.since} as="nearby" className="ms-auto text-dense text-ink-3" />
      </div>
      <p className="text-dense wrap-anywhere text-late">{reason}</p>
      {frames.length > 0 && (
        <code className="text-dense whitespace-pre-line wrap-anywhere text-ink-3">{frames.join('\n')}</code>
      )}
      <div>
        <Button
          busy={act.isPending || ticket.due}
          onClick={() =>
            act.mutate(
              {
                method: 'POST',
                path: `/set-aside/${ticket.id}/retry`,
                done: t('settings.jobs.retried'),
              },
              // No event tells that a figure has one more ticket in it.
              { onSuccess: () => refreshSoon(['figures']) },
            )
          }
        >
          {t('ui.retry')}
        </Button>
      </div>
    </div>
  );
}
