import type { Dashboard, Entry } from '../figure-queries.ts';
import { useFigureWords } from '../figure-words.ts';
import type { DashboardState } from '../use-dashboard.ts';
import { ChannelTable } from './channel-table.tsx';
import { BalanceToCome, FlowBalance } from './flow-balance.tsx';
import { tileGroups } from './groups.ts';
import { Tile, TileToCome } from './tile.tsx';

type GridProps = { figures: { dashboard: Dashboard; catalogue: Entry[] } | null; state: DashboardState };

/**
 * The tiles in their groups, the flow with what it leaves under it, and the channels. All stand in the same three
 * columns, or in one on a telephone; what is still to come has its place already.
 */
export function TileGrid({ figures, state }: GridProps) {
  const { t } = useFigureWords();
  const backlog = figures?.dashboard.tiles.backlog;
  return (
    <div aria-busy={!figures} className="grid grid-cols-1 gap-6">
      {tileGroups.map((group) => (
        <div key={group.name}>
          <h2 className="mb-2 text-dense font-strong text-ink-2">{t(group.titleId)}</h2>
          <div className="stepped grid grid-cols-1 gap-0.5 overflow-hidden rounded-md tablet:grid-cols-3">
            {group.tiles.map((id) => {
              if (!figures) return <TileToCome key={id} name={t(`kpi.${id}.name`)} />;
              const entry = figures.catalogue.find((one) => one.id === id);
              const figure = figures.dashboard.tiles[id];
              if (!entry || !figure) return null;
              return (
                <Tile
                  key={id}
                  entry={entry}
                  figure={figure}
                  search={state.search}
                  onExplain={() => state.change({ explain: id })}
                />
              );
            })}
            {group.name === 'flow' && !figures && <BalanceToCome />}
            {group.name === 'flow' && backlog && (
              <FlowBalance backlog={backlog} onExplain={() => state.change({ explain: 'backlog' })} />
            )}
          </div>
        </div>
      ))}
      <div>
        <h2 className="mb-2 text-dense font-strong text-ink-2">{t('kpi.volume_by_channel.name')}</h2>
        <div className="stepped overflow-hidden rounded-md">
          <ChannelTable state={state} />
        </div>
      </div>
    </div>
  );
}
