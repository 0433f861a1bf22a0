import { useEffect, useState } from 'react';
import type { ViewersChanged } from '../../../../../server/modules/tickets/contract.ts';
import { onEvent } from '../../../../api/live.ts';
import { streamName } from '../../../../api/stream.ts';
import type { Formats, Translate } from '../../../../ui/formats.ts';
import { useStore } from '../../../../ui/store.ts';

export type Viewer = ViewersChanged['viewers'][number];

/** Who else looks at this ticket, as long as the line is open that would say that they left. */
export function useViewers(ticketId: number, heard: (viewers: Viewer[]) => unknown): Viewer[] {
  const stream = useStore(streamName);
  const [known, setKnown] = useState<{ stream: string | null; viewers: Viewer[] }>({
    stream: null,
    viewers: [],
  });
  useEffect(
    () =>
      onEvent('viewers.changed', ({ data }) => {
        const news = data as ViewersChanged;
        if (news.ticketId !== ticketId) return;
        setKnown({ stream: streamName.get(), viewers: news.viewers });
        heard(news.viewers);
      }),
    [ticketId, heard],
  );
  return known.stream === stream ? known.viewers : [];
}

/** Those who write a reply come first: it is they whom an answer would meet. */
export function viewerWords(viewers: Viewer[], t: Translate, formats: Pick<Formats, 'list'>): string {
  const parts = (['reply', 'note', null] as const).map((kind) => {
    const names = viewers.filter((one) => one.writing === kind).map(({ name }) => name);
    if (names.length === 0) return '';
    return t(`ticket.viewers.${kind ?? 'look'}`, { names: formats.list(names), n: names.length });
  });
  return parts.filter(Boolean).join(' · ');
}
