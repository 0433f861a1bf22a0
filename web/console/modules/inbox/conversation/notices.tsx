import type { ReactNode } from 'react';
import type { TicketDetail } from '../../../../../server/modules/tickets/contract.ts';
import { Button } from '../../../../ui/button.tsx';
import { T, useText } from '../../../../ui/text.tsx';
import { openPickerHere } from '../acts/open-picker.ts';
import type { Acts } from '../acts/use-acts.ts';
import { Notice } from './notice.tsx';
import { SetApart } from './set-apart.tsx';

type NoticesProps = { ticket: TicketDetail; acts: Acts; onTicket: (id: number) => void };

/** What is unusual about this ticket: merged, spam, deleted, set apart, a follow-up, or followed up. */
export function Notices({ ticket, acts, onTicket }: NoticesProps) {
  const t = useText();
  const link = (id: number) => (
    <button type="button" onClick={() => onTicket(id)} className="text-signal underline underline-offset-3">
      {null}
    </button>
  );
  const { mergedInto } = ticket;
  return (
    <>
      {mergedInto !== null && (
        <Notice
          action={
            <Button onClick={() => void acts.unmerge(ticket.id, mergedInto)}>{t('ticket.unmerge')}</Button>
          }
        >
          <T id="ticket.merged_into" values={{ id: mergedInto }} tags={{ ticket: link(mergedInto) }} />
        </Notice>
      )}
      {ticket.spam && (
        <Notice
          action={<Button onClick={() => void acts.unmarkSpam([ticket])}>{t('ticket.not_spam')}</Button>}
        >
          {t('ticket.is_spam')}
        </Notice>
      )}
      {ticket.deleted && (
        <Notice action={<Button onClick={() => void acts.restore([ticket])}>{t('ticket.restore')}</Button>}>
          {t('ticket.is_deleted')}
        </Notice>
      )}
      <SetApart ticket={ticket} acts={acts} link={link} />
      {ticket.followUpOf !== null && (
        <Notice>
          <T
            id="ticket.follows"
            values={{ id: ticket.followUpOf }}
            tags={{ ticket: link(ticket.followUpOf) }}
          />
        </Notice>
      )}
      {ticket.followUps.map((id) => (
        <Notice key={id}>
          <T id="ticket.followed_by" values={{ id }} tags={{ ticket: link(id) }} />
        </Notice>
      ))}
    </>
  );
}

/** Where nothing can be written any more: why, and what to do instead. */
export function StandingInstead({
  ticket,
  onTicket,
}: {
  ticket: TicketDetail;
  onTicket: (id: number) => void;
}) {
  const t = useText();
  const { mergedInto } = ticket;
  if (mergedInto !== null)
    return (
      <Foot
        action={
          <Button onClick={() => onTicket(mergedInto)}>{t('ticket.open_n', { id: mergedInto })}</Button>
        }
      >
        {t('ticket.goes_on_there')}
      </Foot>
    );
  if (ticket.deleted) return null;
  return (
    <Foot
      action={
        <Button kind="primary" keys="R" onClick={() => openPickerHere('follow-up')}>
          {t('ticket.follow_up')}
        </Button>
      }
    >
      {t('ticket.is_closed')}
    </Foot>
  );
}

function Foot({ children, action }: { children: ReactNode; action: ReactNode }) {
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-3 border-t border-line bg-sunken px-3 py-3 tablet:px-5">
      <p className="min-w-0 flex-1 text-ink-2">{children}</p>
      {action}
    </div>
  );
}
