import type { Ticket, TicketDetail } from '../../../../server/modules/tickets/contract.ts';
import type { Command } from '../../../ui/commands.ts';
import { useText } from '../../../ui/text.tsx';
import { useCommands } from '../../../ui/use-commands.ts';
import { useMe } from '../../shell/use-me.ts';
import { openPicker, type PickerName } from './acts/open-picker.ts';
import type { Acts } from './acts/use-acts.ts';
import { careCommands } from './care-commands.ts';
import { views } from './filters.ts';
import { focusList, goInto } from './focus.ts';
import { selectEverything } from './list/select-everything.ts';
import { clearSelection, selection, toggleSelected } from './list/selection.ts';
import { extendSelection } from './list/ticket-list.tsx';
import type { TicketList } from './list/use-ticket-list.ts';
import type { Address } from './use-address.ts';

type Parts = {
  address: Address;
  list: TicketList;
  acts: Acts;
  targets: () => Ticket[];
  /** The open ticket, once it is here. */
  opened: TicketDetail | undefined;
  togglePanel: () => void;
};

/** The keys of the inbox: moving in the list, and what is done to the chosen or the open ticket. */
export function useInboxCommands(parts: Parts): void {
  const list = useListCommands(parts);
  const ticket = useTicketCommands(parts);
  useCommands([...list, ...ticket]);
}

function useListCommands({ address, list }: Parts): Command[] {
  const t = useText();
  const group = t('inbox.group.list');
  const extend = (step: 1 | -1) => {
    const from = list.currentId;
    const next = list.move(step);
    if (next !== undefined) extendSelection(list.order, from, next);
  };
  const goView = (step: number) => {
    const at = views.indexOf(address.view) + step;
    address.openView(views[(at + views.length) % views.length] ?? 'mine');
  };
  const current = list.currentId;
  const some = () => list.order.length > 0;
  // The brackets go to the neighbours of what is open: a ticket, else the view.
  const reading = address.ticketId !== null;
  const on = (letter: string, bracket: string) => (reading ? [letter, bracket] : letter);
  return [
    {
      id: 'inbox.next',
      group,
      label: t('inbox.do.next'),
      keys: on('J', ']'),
      restingKeys: '↓',
      inMenu: some,
      run: () => list.move(1),
    },
    {
      id: 'inbox.previous',
      group,
      label: t('inbox.do.previous'),
      keys: on('K', '['),
      restingKeys: '↑',
      inMenu: some,
      run: () => list.move(-1),
    },
    {
      id: 'inbox.open',
      group,
      label: t('inbox.do.open'),
      keys: 'O',
      restingKeys: 'Enter',
      inMenu: false,
      run: () => current !== null && goInto(address, current),
    },
    {
      id: 'inbox.select',
      group,
      label: t('inbox.do.select'),
      keys: 'X',
      restingKeys: 'Space',
      inMenu: false,
      run: () => current !== null && toggleSelected(current),
    },
    {
      id: 'inbox.extend',
      group,
      label: t('inbox.do.extend'),
      keys: 'Shift+J',
      restingKeys: 'Shift+↓',
      inMenu: false,
      run: () => extend(1),
    },
    {
      id: 'inbox.extend_up',
      group,
      label: t('inbox.do.extend_up'),
      keys: 'Shift+K',
      restingKeys: 'Shift+↑',
      inMenu: false,
      run: () => extend(-1),
    },
    {
      id: 'inbox.all',
      group,
      label: t('inbox.do.select_all'),
      keys: 'Mod+A',
      inMenu: some,
      run: () => void selectEverything(list, t),
    },
    {
      id: 'inbox.view_back',
      group,
      label: t('inbox.do.view_back'),
      keys: reading ? [] : '[',
      run: () => goView(-1),
    },
    {
      id: 'inbox.view_on',
      group,
      label: t('inbox.do.view_on'),
      keys: reading ? [] : ']',
      run: () => goView(1),
    },
    {
      id: 'inbox.back',
      group,
      label: t('inbox.do.back'),
      keys: 'Esc',
      inMenu: false,
      run: () => goBack(address),
    },
    { id: 'inbox.new', group, label: t('inbox.new_ticket'), run: () => openPicker.set('new-ticket') },
  ];
}

function goBack(address: Address) {
  if (selection.get().ids.size > 0) return clearSelection();
  if (address.ticketId === null) return;
  address.closeTicket();
  requestAnimationFrame(focusList);
}

const isUnsolved = ({ status }: Ticket): boolean => status !== 'solved' && status !== 'closed';

function useTicketCommands({ address, list, acts, targets, opened, togglePanel }: Parts): Command[] {
  const t = useText();
  const group = t('inbox.group.ticket');
  const me = useMe().user.id;
  const pick = (name: PickerName) => () => targets().length > 0 && openPicker.set(name);
  const act = (run: (tickets: Ticket[]) => unknown) => () => {
    const tickets = targets();
    if (tickets.length > 0) run(tickets);
  };
  const solve = (tickets: Ticket[]) =>
    acts.set(tickets, 'status', 'solved', t('ticket.status_set', { status: t('ui.status.solved') }));
  const leave = (run: (tickets: Ticket[]) => unknown) => (tickets: Ticket[]) => {
    const leaving = address.ticketId !== null && tickets.some((ticket) => ticket.id === address.ticketId);
    void run(tickets);
    if (leaving && list.move(1) === address.ticketId) address.closeTicket();
    clearSelection();
  };
  const tier = (n: number) => ({
    id: `ticket.tier${n}`,
    group,
    label: t('inbox.do.tier_n', { n }),
    keys: String(n),
    inMenu: false,
    run: act((tickets) => acts.set(tickets, 'tier', n, t('ticket.tier_set', { tier: String(n) }))),
  });
  const any = (fits: (ticket: Ticket) => boolean) => () => targets().some(fits);
  const open = any((ticket) => ticket.status !== 'closed');
  const picking = (name: PickerName, keys?: string, inMenu = open): Command => ({
    id: `ticket.${name}`,
    group,
    label: t(`inbox.do.${name}`),
    keys,
    inMenu,
    run: pick(name),
  });
  return [
    {
      id: 'ticket.claim',
      group,
      label: t('inbox.do.claim'),
      keys: 'C',
      inMenu: any((ticket) => isUnsolved(ticket) && ticket.assigneeId !== me),
      run: act(acts.claim),
    },
    picking('assign', 'A'),
    // The tags of a closed ticket can still change.
    picking(
      'tag',
      'T',
      any(() => true),
    ),
    picking('priority', 'P'),
    picking('status', 'S'),
    {
      id: 'ticket.solve',
      group,
      label: t('inbox.do.solve'),
      keys: 'E',
      inMenu: any(isUnsolved),
      run: act(solve),
    },
    {
      id: 'ticket.panel',
      group,
      label: t('inbox.do.panel'),
      keys: 'V',
      inMenu: address.ticketId !== null,
      run: togglePanel,
    },
    picking('team'),
    picking('type'),
    ...[1, 2, 3, 4].map(tier),
    ...careCommands(group, t, { some: any(() => true), pick, act, leave, acts, opened }),
  ];
}
