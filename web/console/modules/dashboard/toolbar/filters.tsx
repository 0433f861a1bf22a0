import { ListFilter, X } from 'lucide-react';
import { Popover } from 'radix-ui';
import { Button } from '../../../../ui/button.tsx';
import { Combobox } from '../../../../ui/combobox.tsx';
import { Icon } from '../../../../ui/icon.tsx';
import { useStore } from '../../../../ui/store.ts';
import { useText } from '../../../../ui/text.tsx';
import { useChoices } from '../choices.ts';
import { channels, type DashboardSearch } from '../search.ts';
import type { DashboardState } from '../use-dashboard.ts';
import { filtersOpen } from './open.ts';

const any = '*';

/** Narrows every figure on the page: by channel, team, agent and tag. */
export function Filters({ state }: { state: DashboardState }) {
  const t = useText();
  const open = useStore(filtersOpen);
  const { teams, agents, tags } = useChoices();
  const { search, change } = state;
  const everyone = { value: any, label: t('dashboard.any') };
  const field = (
    name: 'channel' | 'team' | 'agent' | 'tag',
    options: { value: string; label: string }[],
    read: (value: string) => DashboardSearch,
  ) => (
    <Combobox
      label={t(`dashboard.filter.${name}`)}
      value={String(search[name] ?? any)}
      onChange={(value) => change(value === any ? { [name]: undefined } : read(value))}
      options={[everyone, ...options]}
    />
  );
  const named = (list: { id: number; name: string }[]) =>
    list.map(({ id, name }) => ({ value: String(id), label: name }));
  return (
    <Popover.Root open={open} onOpenChange={filtersOpen.set}>
      <Popover.Trigger asChild>
        <Button icon={ListFilter} keys="F" className="max-tablet:gap-0 max-tablet:px-2.5">
          <span className="max-tablet:sr-only">{t('dashboard.filter')}</span>
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label={t('dashboard.filter')}
          className="z-40 grid w-72 animate-appear gap-3 rounded-md bg-raised p-4 shadow-float"
        >
          {field(
            'channel',
            channels.map((value) => ({ value, label: t(`dashboard.channel.${value}`) })),
            (value) => ({ channel: value as DashboardSearch['channel'] }),
          )}
          {field('team', named(teams), (value) => ({ team: Number(value) }))}
          {field('agent', named(agents), (value) => ({ agent: Number(value) }))}
          {field(
            'tag',
            tags.map((tag) => ({ value: tag, label: tag })),
            (value) => ({ tag: value }),
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** What is narrowed now, each a press away from gone. */
export function FilterChips({ state }: { state: DashboardState }) {
  const t = useText();
  const { teams, agents } = useChoices();
  const { search, change } = state;
  const nameOf = (list: { id: number; name: string }[], id: number) =>
    list.find((one) => one.id === id)?.name ?? `#${id}`;
  const chips = [
    search.channel && { name: 'channel', value: t(`dashboard.channel.${search.channel}`) },
    search.team && { name: 'team', value: nameOf(teams, search.team) },
    search.agent && { name: 'agent', value: nameOf(agents, search.agent) },
    search.tag && { name: 'tag', value: search.tag },
  ].filter((chip) => chip !== undefined && chip !== '' && chip !== 0);
  if (chips.length === 0) return null;
  return (
    <div className="mb-3 flex flex-wrap gap-2">
      {chips.map(({ name, value }) => (
        <button
          key={name}
          type="button"
          aria-label={t('dashboard.filter.drop', { name: t(`dashboard.filter.${name}`), value })}
          onClick={() => change({ [name]: undefined })}
          className="inline-flex min-h-7 max-w-full items-center gap-1.5 rounded-md bg-sunken px-2 text-dense hover:bg-line"
        >
          <span className="text-ink-3">{t(`dashboard.filter.${name}`)}</span>
          <bdi className="truncate">{value}</bdi>
          <Icon of={X} className="text-ink-3" />
        </button>
      ))}
    </div>
  );
}
