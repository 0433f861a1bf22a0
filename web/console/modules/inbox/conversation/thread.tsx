import { useQuery } from '@tanstack/react-query';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import type { TicketDetail } from '../../../../../server/modules/tickets/contract.ts';
import { Button } from '../../../../ui/button.tsx';
import { useText } from '../../../../ui/text.tsx';
import { useOutgoing } from '../composer/outgoing.ts';
import { OutgoingList } from '../composer/outgoing-list.tsx';
import { timelineQuery } from '../desk-queries.ts';
import { threadId } from '../focus.ts';
import { EventFold } from './event-fold.tsx';
import { MessageItem } from './message-item.tsx';
import { mergeThread } from './thread-items.ts';

/** The newest messages stand open; older ones are a line each. */
const openMessages = 5;
const stickPx = 80;
/** A scrolling region must be reachable by keyboard. */
const scrolled = { tabIndex: 0 };

/** The conversation in order of time, with what else happened folded in between. */
export function Thread({ ticket, history }: { ticket: TicketDetail; history: boolean }) {
  const t = useText();
  const { data: timeline, isError, refetch } = useQuery(timelineQuery(ticket.id));
  const outgoing = useOutgoing(ticket.id);
  const events = timeline?.items ?? [];
  const items = useMemo(
    () => mergeThread(ticket.messages, timeline?.items ?? []),
    [ticket.messages, timeline],
  );
  const scroller = useSettledScroll(ticket.messages.length + outgoing.length);
  const openFrom = ticket.messages.at(-openMessages)?.id ?? 0;
  return (
    <section
      ref={scroller}
      id={threadId}
      {...scrolled}
      aria-label={t('ticket.conversation')}
      className="min-h-0 flex-1 overflow-y-auto overscroll-contain pt-2 pb-10 outline-offset-[-2px]"
    >
      <div className="mx-auto flex max-w-3xl flex-col gap-1">
        {items.map((item) =>
          item.kind === 'events' ? (
            <EventFold key={item.key} events={item.events} all={events} open={history} />
          ) : (
            <MessageItem
              key={item.message.id}
              message={item.message}
              channel={ticket.channel}
              ticketId={ticket.id}
              folded={item.message.id < openFrom}
            />
          ),
        )}
        {isError && !timeline && (
          <p
            role="alert"
            className="flex flex-wrap items-center gap-2 px-4 text-dense text-ink-3 tablet:px-5"
          >
            {t('ticket.history_failed')}
            <Button kind="quiet" className="min-h-6 px-2 text-dense underline" onClick={() => void refetch()}>
              {t('ui.retry')}
            </Button>
          </p>
        )}
        <OutgoingList items={outgoing} />
      </div>
    </section>
  );
}

/** Opens at the newest message: its end, or its beginning when it is taller than the screen; then stays put. */
function useSettledScroll(count: number) {
  const scroller = useRef<HTMLElement>(null);
  const stuck = useRef(true);
  useLayoutEffect(() => {
    if (count > 0) stuck.current = true;
    settle(scroller.current);
  }, [count]);
  useEffect(() => {
    const element = scroller.current;
    const content = element?.firstElementChild;
    if (!element || !content) return;
    const seen = new ResizeObserver(() => stuck.current && settle(element));
    seen.observe(content);
    const release = () => {
      stuck.current = element.scrollHeight - element.scrollTop - element.clientHeight < stickPx;
    };
    element.addEventListener('wheel', release, { passive: true });
    element.addEventListener('touchmove', release, { passive: true });
    element.addEventListener('keydown', release);
    element.addEventListener('pointerdown', release);
    return () => {
      seen.disconnect();
      element.removeEventListener('wheel', release);
      element.removeEventListener('touchmove', release);
      element.removeEventListener('keydown', release);
      element.removeEventListener('pointerdown', release);
    };
  }, []);
  return scroller;
}

function settle(element: HTMLElement | null) {
  const last = [...(element?.querySelectorAll<HTMLElement>('article') ?? [])].at(-1);
  if (!element || !last) return;
  const end = element.scrollHeight - element.clientHeight;
  const start = last.offsetTop - element.offsetTop - 12;
  element.scrollTop = last.offsetHeight > element.clientHeight ? Math.min(end, start) : end;
}
