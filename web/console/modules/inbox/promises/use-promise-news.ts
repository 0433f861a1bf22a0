import { useEffect, useRef } from 'react';
import { queryClient } from '../../../../api/client.ts';
import type { Formats, Translate } from '../../../../ui/formats.ts';
import { useFormats, useText } from '../../../../ui/text.tsx';
import { dismissToast, toast } from '../../../../ui/toast.ts';
import { useMe } from '../../../shell/use-me.ts';
import { listQuery, staffQuery } from '../desk-queries.ts';
import { secondsShown } from '../list/row-promise.tsx';
import { cachedTicket } from '../ticket-cache.ts';
import { gatherNews } from './gather-news.ts';
import { concerns, holdsStill, type PromiseNews } from './promise-news.ts';

type Here = {
  t: Translate;
  formats: Formats;
  me: number;
  openId: number | null;
  openTicket: (id: number) => void;
};

/** Says once that a promise is nearly used up, or is, to whoever it concerns. */
export function usePromiseNews({ ticketId, openTicket }: { ticketId: number | null } & Way): void {
  const { user } = useMe();
  const here = { t: useText(), formats: useFormats(), me: user.id, openId: ticketId, openTicket };
  const latest = useRef<Here>(here);
  latest.current = here;
  useEffect(() => gatherNews((news) => void tell(news, () => latest.current)), []);
}

type Way = Pick<Here, 'openTicket'>;

let shown: number | undefined;

async function tell(all: readonly PromiseNews[], look: () => Here): Promise<void> {
  const news = await concerning(all, look());
  if (news.length === 0) return;
  // In the place of the one before, so that notices do not push out the way back from an act.
  if (shown !== undefined) dismissToast(shown);
  shown = toast(wordsOf(news, look()), { tone: 'time', link: linkTo(news, look()) });
}

async function concerning(news: readonly PromiseNews[], { me, openId }: Here): Promise<PromiseNews[]> {
  // What no list here has can only be one's own: all of that is one question.
  if (news.some(({ ticketId }) => !cachedTicket(ticketId)))
    await queryClient.prefetchInfiniteQuery({ ...listQuery('mine', {}), staleTime: 0 });
  const staff = await queryClient.ensureQueryData(staffQuery).catch(() => []);
  const teamIds = staff.find(({ id }) => id === me)?.teamIds ?? [];
  return news.filter((one) => {
    const ticket = cachedTicket(one.ticketId);
    return ticket && concerns({ id: me, teamIds, openId }, ticket) && holdsStill(one, ticket);
  });
}

function wordsOf(news: readonly PromiseNews[], { t, formats }: Here): string {
  const [first] = news;
  const late = news.filter(({ kind }) => kind === 'breached').length;
  if (!first || news.length > 1) return t('inbox.promise.many', { n: news.length, late });
  return t(`inbox.promise.${first.kind}`, {
    target: t(`ticket.target.${first.target}`),
    wait: formats.duration(secondsShown(Math.max(1, (first.dueAt - Date.now()) / 1000))),
    subject: cachedTicket(first.ticketId)?.subject ?? `#${first.ticketId}`,
  });
}

function linkTo(news: readonly PromiseNews[], { t, openId, openTicket }: Here) {
  const [first, ...more] = new Set(news.map(({ ticketId }) => ticketId));
  if (first === undefined || more.length > 0 || first === openId) return undefined;
  return { words: t('inbox.promise.open'), follow: () => openTicket(first) };
}
