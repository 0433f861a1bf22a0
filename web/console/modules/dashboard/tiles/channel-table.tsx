import { useQuery } from '@tanstack/react-query';
import { ShareBar } from '../../../../ui/charts/share-bar.tsx';
import { type Column, Table } from '../../../../ui/table.tsx';
import { type Figure, type FigureQuery, figureQuery } from '../figure-queries.ts';
import { useFigureWords } from '../figure-words.ts';
import { channels, type DashboardSearch } from '../search.ts';
import type { DashboardState } from '../use-dashboard.ts';
import { AsOf, useStale } from './as-of.tsx';

type Row = { channel: (typeof channels)[number]; tickets: number; contacts: number; share: number };

/** Every channel with its own row, also the silent ones; a row narrows the whole page to its channel. */
export function ChannelTable({ state }: { state: DashboardState }) {
  const words = useFigureWords();
  const { t, formats } = words;
  const stale = useStale();
  const { data } = useQuery(figureQuery('volume_by_channel', withoutAgent(state.query)));
  // A row for each channel, the head and the foot.
  if (!data) return <div className="min-h-[calc(7*var(--row)+70px)] bg-raised" />;
  const columns: Column<Row>[] = [
    {
      id: 'channel',
      title: t('dashboard.filter.channel'),
      names: true,
      cell: ({ channel }) => <ChannelName channel={channel} state={state} />,
    },
    {
      id: 'bar',
      title: <span className="sr-only">{t('dashboard.share_bar')}</span>,
      // A telephone has room for the numbers alone.
      className: 'w-2/5 max-tablet:hidden',
      cell: ({ share }) => <ShareBar share={share} />,
    },
    {
      id: 'share',
      title: t('dashboard.share'),
      figures: true,
      cell: ({ tickets }) => (data.n > 0 ? words.ratio(tickets, data.n) : '—'),
    },
    {
      id: 'tickets',
      title: t('dashboard.tickets'),
      figures: true,
      cell: ({ tickets }) => formats.number(tickets),
    },
    {
      id: 'contacts',
      title: t('dashboard.contacts'),
      figures: true,
      cell: ({ contacts }) => formats.number(contacts),
    },
  ];
  return (
    <div className="bg-raised px-4 py-2">
      <Table
        caption={t('kpi.volume_by_channel.name')}
        columns={columns}
        rows={rowsOf(data)}
        rowKey={({ channel }) => channel}
      />
      <p className="mt-1 text-end text-dense text-ink-3">
        <AsOf at={data.asOf} timeZone={data.timeZone} stale={stale} />
      </p>
    </div>
  );
}

function ChannelName({ channel, state }: { channel: Row['channel']; state: DashboardState }) {
  const { t } = useFigureWords();
  const chosen = state.search.channel === channel;
  const next: DashboardSearch['channel'] = chosen ? undefined : channel;
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={() => state.change({ channel: next })}
      className="min-h-6 text-start font-normal underline-offset-3 hover:underline aria-pressed:font-strong"
    >
      {t(`dashboard.channel.${channel}`)}
    </button>
  );
}

function rowsOf(figure: Figure): Row[] {
  const extras = figure as Record<string, unknown>;
  const counts = (extras.counts ?? {}) as Record<string, number>;
  const contacts = (extras.contacts ?? {}) as Record<string, number>;
  return channels
    .map((channel) => {
      const tickets = counts[channel] ?? 0;
      return {
        channel,
        tickets,
        contacts: contacts[channel] ?? 0,
        share: figure.n > 0 ? (100 * tickets) / figure.n : 0,
      };
    })
    .sort((a, b) => b.tickets - a.tickets);
}

/** Volume has no agent yet: whoever asks for one agent's page still sees the desk's channels. */
const withoutAgent = ({ agent: _, ...query }: FigureQuery): FigureQuery => query;
