import { useQuery } from '@tanstack/react-query';
import { localeNames } from '../../../../../i18n/locales.ts';
import { ShareBar } from '../../../../ui/charts/share-bar.tsx';
import { Select } from '../../../../ui/select.tsx';
import { type Column, Table } from '../../../../ui/table.tsx';
import { useChoices } from '../choices.ts';
import { type Entry, type Figure, figureQuery } from '../figure-queries.ts';
import { type FigureWords, useFigureWords } from '../figure-words.ts';
import type { Split } from '../search.ts';
import type { DashboardState } from '../use-dashboard.ts';

type Group = NonNullable<Figure['groups']>[number];

/** What the figure is made of, by one dimension at a time; each part with its own n. */
export function Splits({ entry, state }: { entry: Entry; state: DashboardState }) {
  const words = useFigureWords();
  const { t, formats } = words;
  const split = entry.groupBy.find((one) => one === state.search.split) ?? entry.groupBy[0];
  const asked = useQuery({
    ...figureQuery(entry.id, { ...state.query, compare: 'none', group_by: split ?? 'channel' }),
    enabled: split !== undefined,
  });
  const name = useGroupNames(words);
  if (!split || asked.data?.groups?.length === 0) return null;
  const columns: Column<Group>[] = [
    {
      id: 'key',
      title: t(`dashboard.split.${split}`),
      names: true,
      className: 'whitespace-nowrap',
      cell: (group) => <bdi className="font-normal">{name(split, group.key)}</bdi>,
    },
    {
      id: 'value',
      title: t('dashboard.value'),
      figures: true,
      cell: (group) =>
        entry.unit === 'tickets' ? formats.number(group.value ?? 0) : words.value(entry.unit, group),
    },
    ...(entry.unit === 'seconds'
      ? [
          {
            id: 'median',
            title: t('dashboard.median_short'),
            figures: true,
            cell: (group: Group) => words.plain('seconds', group.median),
          },
          {
            id: 'p90',
            title: t('dashboard.p90_short'),
            // A telephone has room for three figures.
            className: 'max-tablet:hidden',
            figures: true,
            cell: (group: Group) => words.plain('seconds', group.p90),
          },
        ]
      : []),
    ...(entry.unit === 'tickets'
      ? []
      : [{ id: 'n', title: t('dashboard.cases'), figures: true, cell: ({ n }: Group) => formats.number(n) }]),
    // Of the cases, so it stands beside them and not beside a value that may be a share itself.
    {
      id: 'bar',
      title: t('dashboard.share'),
      // Beside four columns of figures a telephone has no room for it.
      className: entry.unit === 'seconds' ? 'hidden w-1/4 tablet:table-cell' : 'w-1/4',
      cell: ({ share }) => <ShareBar share={share ?? 0} />,
    },
  ];
  return (
    <section>
      <div className="mb-2 flex flex-wrap items-end justify-between gap-3">
        <h2 className="text-dense font-strong text-ink-2">{t('dashboard.splits')}</h2>
        <Select
          label={t('dashboard.split')}
          labelHidden
          value={split}
          onChange={(next: Split) => state.change({ split: next })}
          options={entry.groupBy.map((value) => ({ value, label: t(`dashboard.split.${value}`) }))}
          className="w-40"
        />
      </div>
      <Table
        caption={t('dashboard.splits')}
        columns={columns}
        rows={asked.data?.groups ?? []}
        rowKey={({ key }) => key ?? 'none'}
      />
      {entry.overlapId && entry.groupsOverlap.includes(split) && (
        <p className="mt-2 max-w-prose text-dense text-ink-2">{t(entry.overlapId)}</p>
      )}
    </section>
  );
}

/** The API names groups by id; here they get the names people know. */
function useGroupNames({ t }: FigureWords) {
  const { teams, agents } = useChoices();
  const named = (list: { id: number; name: string }[], key: string) =>
    list.find((one) => String(one.id) === key)?.name ?? `#${key}`;
  return (split: Split, key: string | null): string => {
    if (key === null) return t('dashboard.split.none');
    if (split === 'team') return named(teams, key);
    if (split === 'agent') return named(agents, key);
    if (split === 'channel') return t(`dashboard.channel.${key}`);
    if (split === 'language') return localeNames[key as keyof typeof localeNames] ?? key;
    if (split === 'priority') return t(`dashboard.priority.${key}`);
    return split === 'target' ? t(`dashboard.target.${key}`) : key;
  };
}
