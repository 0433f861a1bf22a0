import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { HeldMails } from '../../../server/modules/channels/contract.ts';
import { onEvent } from '../../api/live.ts';
import { refreshSoon } from '../../api/refresh.ts';
import { request } from '../../api/request.ts';
import { useMe } from './use-me.ts';

/** How many mails wait for somebody's decision, live; none for who sees only tickets of own teams. */
export function useHeldMails(): number {
  const { ticketScope } = useMe().user;
  const { data } = useQuery({
    queryKey: ['held-mails'],
    queryFn: () => request<HeldMails>('GET', '/mail/ledger/held'),
    enabled: ticketScope === 'all',
  });
  useEffect(
    () => onEvent('*', ({ type }) => (type.startsWith('mail.') ? refreshSoon(['held-mails']) : undefined)),
    [],
  );
  return data ? data.suspended + data.quarantined : 0;
}
