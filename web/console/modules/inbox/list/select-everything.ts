import type { Translate } from '../../../../ui/formats.ts';
import { toast } from '../../../../ui/toast.ts';
import { selectAll } from './selection.ts';
import type { TicketList } from './use-ticket-list.ts';

export const mostSelected = 500;

type Read = Pick<TicketList['query'], 'data' | 'hasNextPage'>;

/** Chooses what the view holds, fetching what was not here yet, and says how many that is. */
export async function selectEverything(list: TicketList, t: Translate): Promise<void> {
  let read: Read = list.query;
  while (read.hasNextPage && idsIn(read).length < mostSelected) read = await list.query.fetchNextPage();
  const ids = idsIn(read);
  selectAll(ids.slice(0, mostSelected));
  const part = read.hasNextPage || ids.length > mostSelected;
  toast(t(part ? 'inbox.selected_first' : 'inbox.selected_all', { n: Math.min(ids.length, mostSelected) }));
}

const idsIn = ({ data }: Read): number[] =>
  data?.pages.flatMap((page) => page.items.map((item) => item.id)) ?? [];
