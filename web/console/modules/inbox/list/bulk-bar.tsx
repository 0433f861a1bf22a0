import { Ellipsis, Hand, ShieldAlert, Trash2, UsersRound, X } from 'lucide-react';
import { Button } from '../../../../ui/button.tsx';
import { IconButton } from '../../../../ui/icon-button.tsx';
import { Menu, type MenuItem } from '../../../../ui/menu.tsx';
import { useText } from '../../../../ui/text.tsx';
import { useToastLift } from '../../../../ui/use-toast-lift.ts';
import { openPicker } from '../acts/open-picker.ts';
import type { Acts } from '../acts/use-acts.ts';
import { cachedTickets } from '../ticket-cache.ts';
import { mostSelected, selectEverything } from './select-everything.ts';
import { clearSelection } from './selection.ts';
import type { TicketList } from './use-ticket-list.ts';

type BulkBarProps = { list: TicketList; acts: Acts; ids: ReadonlySet<number> };

/** What the chosen tickets can have done to them; the keys do the same. */
export function BulkBar({ list, acts, ids }: BulkBarProps) {
  const t = useText();
  useToastLift(48);
  const more = (list.query.hasNextPage || list.order.length > ids.size) && ids.size < mostSelected;
  return (
    <section
      aria-label={t('inbox.bulk')}
      className="flex shrink-0 items-center gap-x-1 border-t border-line bg-signal-well ps-1.5 pe-2 py-1.5"
    >
      <IconButton icon={X} label={t('inbox.select_none')} keys="Esc" onClick={clearSelection} />
      <span className="figures shrink-0 pe-1 font-strong whitespace-nowrap">
        {t('inbox.selected', { n: ids.size })}
      </span>
      {more && (
        <Button
          kind="quiet"
          onClick={() => void selectEverything(list, t)}
          className="min-h-7 px-2 max-tablet:hidden"
        >
          {t('inbox.select_all')}
        </Button>
      )}
      <span className="flex-1" />
      {(['assign', 'status', 'priority', 'tag'] as const).map((name) => (
        <Button
          key={name}
          kind="quiet"
          onClick={() => openPicker.set(name)}
          className={`min-h-7 px-2 ${name === 'priority' || name === 'tag' ? 'max-tablet:hidden' : ''}`}
        >
          {t(`inbox.do.${name}.short`)}
        </Button>
      ))}
      <Menu
        side="top"
        align="end"
        trigger={<IconButton icon={Ellipsis} label={t('ticket.more')} />}
        items={useMoreActs(list, acts, ids)}
      />
    </section>
  );
}

function useMoreActs(list: TicketList, acts: Acts, ids: ReadonlySet<number>): MenuItem[] {
  const t = useText();
  const remove = (act: Acts['markSpam']) => () => {
    void act(cachedTickets([...ids]));
    clearSelection();
  };
  return [
    { label: t('inbox.select_all'), keys: 'Mod+A', onSelect: () => void selectEverything(list, t) },
    { kind: 'rule' },
    {
      label: t('inbox.do.claim'),
      icon: Hand,
      keys: 'C',
      onSelect: () => acts.claim(cachedTickets([...ids])),
    },
    { label: t('inbox.do.team'), icon: UsersRound, onSelect: () => openPicker.set('team') },
    { label: t('inbox.do.priority'), keys: 'P', onSelect: () => openPicker.set('priority') },
    { label: t('inbox.do.tag'), keys: 'T', onSelect: () => openPicker.set('tag') },
    { label: t('inbox.do.type'), onSelect: () => openPicker.set('type') },
    { kind: 'rule' },
    { label: t('inbox.do.spam'), icon: ShieldAlert, onSelect: remove(acts.markSpam) },
    { label: t('inbox.do.delete'), icon: Trash2, grave: true, onSelect: remove(acts.remove) },
  ];
}
