import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../../../../api/api-error.ts';
import { wordsOf } from '../../../../api/error-words.ts';
import { Button } from '../../../../ui/button.tsx';
import { ErrorState } from '../../../../ui/error-state.tsx';
import { LoadingBar } from '../../../../ui/loading-bar.tsx';
import { useText } from '../../../../ui/text.tsx';
import { useCommands } from '../../../../ui/use-commands.ts';
import { liftToasts } from '../../../../ui/use-toast-lift.ts';
import { openPickerHere } from '../acts/open-picker.ts';
import type { Acts } from '../acts/use-acts.ts';
import { askToCompose } from '../composer/compose-ask.ts';
import { Composer } from '../composer/composer.tsx';
import type { DraftKind } from '../composer/draft.ts';
import { ticketQuery } from '../desk-queries.ts';
import { cachedTicket } from '../ticket-cache.ts';
import type { Address } from '../use-address.ts';
import { useViewing } from '../viewers/use-viewing.ts';
import { ViewersLine } from '../viewers/viewers-line.tsx';
import { ConversationHead } from './conversation-head.tsx';
import { Notices, StandingInstead } from './notices.tsx';
import { Thread } from './thread.tsx';

type ConversationProps = {
  id: number;
  address: Address;
  acts: Acts;
  panelOpen: boolean;
  onPanel: () => void;
  onNext: () => void;
};

/** One ticket to work on: who and what, the conversation, and the box to answer in. */
export function Conversation({ id, address, acts, panelOpen, onPanel, onNext }: ConversationProps) {
  const t = useText();
  const query = useQuery(ticketQuery(id));
  const [history, setHistory] = useState(false);
  useViewing(id);
  const detail = query.data;
  const shown = detail ?? cachedTicket(id);
  // On a closed ticket the next word opens a follow-up.
  const write = (kind: DraftKind) => () =>
    shown?.status === 'closed' ? openPickerHere('follow-up') : askToCompose(kind);
  useCommands([
    {
      id: 'ticket.reply',
      group: t('inbox.group.ticket'),
      label: t('ticket.write_reply'),
      keys: 'R',
      run: write('reply'),
    },
    {
      id: 'ticket.note',
      group: t('inbox.group.ticket'),
      label: t('ticket.write_note'),
      keys: 'N',
      run: write('note'),
    },
    {
      id: 'ticket.history',
      group: t('inbox.group.ticket'),
      label: t('ticket.history_toggle'),
      run: () => setHistory(!history),
    },
  ]);
  if (query.isError && !detail) {
    const gone = query.error instanceof ApiError && query.error.status === 404;
    return (
      <ErrorState
        what={t(gone ? 'ticket.gone' : 'ticket.failed', { id })}
        why={wordsOf(query.error, t)}
        onRetry={gone ? undefined : () => void query.refetch()}
        action={<Button onClick={address.closeTicket}>{t('ticket.back')}</Button>}
      />
    );
  }
  return (
    <div className="relative flex h-full min-h-0 flex-col">
      <LoadingBar active={query.isPending} />
      {shown && (
        <ConversationHead
          ticket={shown}
          acts={acts}
          history={history}
          onHistory={() => setHistory(!history)}
          panelOpen={panelOpen}
          onPanel={onPanel}
          onBack={address.closeTicket}
          onNext={onNext}
        />
      )}
      {detail && <Notices ticket={detail} acts={acts} onTicket={address.openTicket} />}
      {detail ? <Thread ticket={detail} history={history} /> : <div className="flex-1" />}
      <div ref={liftToasts} className="relative shrink-0">
        <ViewersLine ticketId={id} />
        {detail &&
          (canWrite(detail) ? (
            <Composer ticket={detail} />
          ) : (
            <StandingInstead ticket={detail} onTicket={address.openTicket} />
          ))}
      </div>
    </div>
  );
}

const canWrite = (ticket: { status: string; mergedInto: number | null; deleted: boolean }): boolean =>
  ticket.status !== 'closed' && ticket.mergedInto === null && !ticket.deleted;
