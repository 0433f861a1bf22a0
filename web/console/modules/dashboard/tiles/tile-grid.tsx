import type { Dashboard, Entry } from '../figure-queries.ts';
import { useFigureWords } from '../figure-words.ts';
import type { DashboardState } from '../use-dashboard.ts';
import { ChannelTable } from './channel-table.tsx';
import { FlowBalance } from './flow-balance.tsx';
import { tileGroups } from './groups.ts';
import { Tile } from './tile.tsx';

type GridProps = { dashboard: Dashboard; catalogue: Entry[]; state: DashboardState };

/** The tiles in their groups, the flow with what it leaves beside it, and the channels. */
export function TileGrid({ dashboard, catalogue, state }: GridProps) {
  const { t } = useFigureWords();
  return (
    <div className="grid grid-cols-1 gap-6">
      {tileGroups.map((group) => (
        <div key={group.name}>
          <h2 className="mb-2 text-dense font-strong text-ink-2">{t(group.titleId)}</h2>
          <div className={group.name === 'flow' ? flowLook : threeLook}>
            {group.tiles.map((id) => {
              const entry = catalogue.find((one) => one.id === id);
              const figure = dashboard.tiles[id];
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
            {group.name === 'flow' && dashboard.tiles.backlog && (
              <FlowBalance
                backlog={dashboard.tiles.backlog}
                onExplain={() => state.change({ explain: 'backlog' })}
              />
            )}
          </div>
        </div>
      ))}
      <div>
        <h2 className="mb-2 text-dense font-strong text-ink-2">{t('kpi.volume_by_channel.name')}</h2>
        <div className="overflow-hidden rounded-md">
          <ChannelTable state={state} />
        </div>
      </div>
    </div>
  );
}

const flowLook = 'grid grid-cols-1 gap-0.5 overflow-hidden rounded-md tablet:grid-cols-2 desk:grid-cols-4';
const threeLook = 'grid grid-cols-1 gap-0.5 overflow-hidden rounded-md tablet:grid-cols-3';
