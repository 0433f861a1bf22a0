import { useQuery } from '@tanstack/react-query';
import { ArrowDownUp, ListFilter, Menu as MenuIcon, SquarePen, X } from 'lucide-react';
import type { Ticket } from '../../../../../server/modules/tickets/contract.ts';
import { Icon } from '../../../../ui/icon.tsx';
import { IconButton } from '../../../../ui/icon-button.tsx';
import { Menu } from '../../../../ui/menu.tsx';
import { useFormats, useText } from '../../../../ui/text.tsx';
import { useNow } from '../../../../ui/time.tsx';
import { openPicker } from '../acts/open-picker.ts';
import { viewsQuery } from '../desk-queries.ts';
import { type Filters, sortOf, sorts } from '../filters.ts';
import type { Address } from '../use-address.ts';
import { useFilterMenu, useFilterWords } from './filter-menu.ts';
import { promiseOf } from './row-promise.tsx';

type ListHeadProps = { address: Address; first: Ticket | undefined; onViews: () => void };

/** What this list is, how many, in which order and why, and what is left out. */
export function ListHead({ address, first, onViews }: ListHeadProps) {
  const t = useText();
  const formats = useFormats();
  const { data: counts } = useQuery(viewsQuery);
  const filterItems = useFilterMenu(address);
  const sort = sortOf(address.view, address.filters);
  return (
    <header className="shrink-0 border-b border-line ps-4 pe-2 pt-2 pb-1.5">
      <div className="flex items-center gap-1">
        <IconButton
          icon={MenuIcon}
          label={t('inbox.views')}
          onClick={onViews}
          className="-ms-2 desk:hidden"
        />
        <h1 className="truncate text-title">{t(`inbox.view.${address.view}`)}</h1>
        {counts && (
          <span className="figures ms-1.5 text-dense text-ink-3">{formats.number(counts[address.view])}</span>
        )}
        <span className="flex-1" />
        <Menu
          align="end"
          trigger={<IconButton icon={ListFilter} label={t('inbox.filter')} />}
          items={filterItems}
        />
        <Menu
          align="end"
          trigger={<IconButton icon={ArrowDownUp} label={t('inbox.order')} />}
          items={sorts.map((one) => ({
            label: t(`inbox.sort.${one}`),
            checked: one === sort,
            onSelect: () => address.filter({ sort: one }),
          }))}
        />
        <IconButton
          icon={SquarePen}
          label={t('inbox.new_ticket')}
          onClick={() => openPicker.set('new-ticket')}
        />
      </div>
      <p className="truncate text-dense text-ink-3">
        {t(`inbox.sort.${sort}`)}
        <FirstWhy first={first} sort={sort} />
      </p>
      <Chips address={address} />
    </header>
  );
}

/** "first: due in 4 min": the order explains itself by its first row. */
function FirstWhy({ first, sort }: { first: Ticket | undefined; sort: string }) {
  const t = useText();
  const formats = useFormats();
  const now = useNow();
  if (!first) return null;
  const promised = promiseOf(first, now);
  const wait = (seconds: number) => formats.duration(Math.max(60, Math.abs(seconds)), 1);
  let why = '';
  if (sort === 'due' && promised)
    why = t(`inbox.first.${promised.state === 'late' ? 'late' : 'due'}`, {
      wait: wait(promised.secondsLeft),
    });
  else if (sort === 'waiting' && first.waitingSince)
    why = t('inbox.first.waits', { wait: wait((now - Date.parse(first.waitingSince)) / 1000) });
  else if (sort === 'due') why = t('inbox.first.nothing_due');
  return why && <span className="text-ink-2"> · {why}</span>;
}

function Chips({ address }: { address: Address }) {
  const t = useText();
  const words = useFilterWords(address.filters);
  if (words.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-1 pt-1 pb-0.5" aria-label={t('inbox.filters_on')}>
      {words.map(({ name, label }) => (
        <li key={name}>
          <button
            type="button"
            aria-label={t('inbox.filter_off', { filter: label })}
            onClick={() => address.filter({ [name]: undefined } as Filters)}
            className="inline-flex min-h-6 max-w-56 items-center gap-1 rounded-[4px] bg-sunken ps-2 pe-1 text-dense text-ink-2 hover:text-ink"
          >
            <bdi className="truncate">{label}</bdi>
            <Icon of={X} className="scale-80" />
          </button>
        </li>
      ))}
    </ul>
  );
}
