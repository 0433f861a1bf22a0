import type { Ticket, TicketDetail } from '../../../../server/modules/tickets/contract.ts';
import type { Command } from '../../../ui/commands.ts';
import type { Translate } from '../../../ui/formats.ts';
import { openPickerHere, type PickerName } from './acts/open-picker.ts';
import type { Acts } from './acts/use-acts.ts';

type Care = {
  /** Whether there is a ticket to do it to. */
  some: () => boolean;
  pick: (name: PickerName) => () => void;
  act: (run: (tickets: Ticket[]) => unknown) => () => void;
  leave: (run: (tickets: Ticket[]) => unknown) => (tickets: Ticket[]) => void;
  acts: Acts;
  opened: TicketDetail | undefined;
};

/** What takes a ticket out of the day's work, and what brings the open one back. */
export function careCommands(
  group: string,
  t: Translate,
  { some, pick, act, leave, acts, opened }: Care,
): Command[] {
  const command = (id: string, label: string, run: () => void): Command => ({
    id: `ticket.${id}`,
    group,
    label: t(label),
    inMenu: some,
    run,
  });
  const mergedInto = opened?.mergedInto ?? null;
  return [
    opened && mergedInto !== null
      ? command('unmerge', 'ticket.unmerge', () => void acts.unmerge(opened.id, mergedInto))
      : command('merge', 'inbox.do.merge', pick('merge')),
    opened?.spam
      ? command('not_spam', 'ticket.not_spam', act(acts.unmarkSpam))
      : command('spam', 'inbox.do.spam', act(leave(acts.markSpam))),
    opened?.deleted
      ? command('restore', 'ticket.restore', act(acts.restore))
      : command('delete', 'inbox.do.delete', act(leave(acts.remove))),
    ...(opened && opened.status !== 'closed'
      ? [command('copy', 'inbox.do.copy', () => openPickerHere('copy'))]
      : []),
    ...(opened?.status === 'closed'
      ? [command('follow_up', 'ticket.follow_up', () => openPickerHere('follow-up'))]
      : []),
  ];
}
