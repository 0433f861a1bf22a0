import { Link } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { Icon } from '../../ui/icon.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useText } from '../../ui/text.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import type { ConsoleModule } from '../console-module.ts';
import { Mark } from './brand.tsx';
import { openMenu } from './panels.ts';
import { useAreas } from './use-areas.ts';
import { UserMenu } from './user-menu.tsx';

/** From 768 px on: the areas of the desk down the inline start. */
export function Rail() {
  const t = useText();
  const areas = useAreas();
  return (
    <nav
      aria-label={t('shell.areas')}
      className="hidden w-14 flex-col items-center gap-1 bg-sunken py-3 tablet:flex"
    >
      <div className="mb-3 grid size-10 place-items-center">
        <Mark />
      </div>
      {areas.filter(inMain).map((area) => (
        <RailLink key={area.name} area={area} />
      ))}
      <span className="flex-1" />
      <IconButton
        icon={Search}
        label={t('shell.search')}
        keys="/"
        className="size-10"
        onClick={() => openMenu('tickets')}
      />
      {areas.filter(atEnd).map((area) => (
        <RailLink key={area.name} area={area} />
      ))}
      <UserMenu />
    </nav>
  );
}

const inMain = (area: ConsoleModule) => area.place === 'main';
const atEnd = (area: ConsoleModule) => area.place === 'end';

function RailLink({ area }: { area: ConsoleModule }) {
  const title = useText()(area.titleId);
  return (
    <Tooltip text={title} keys={area.goKey && `G ${area.goKey}`} side="right">
      <Link
        to={area.path}
        aria-label={title}
        className="relative grid size-10 place-items-center rounded-md text-ink-2 hover:bg-paper hover:text-ink aria-[current=page]:bg-paper aria-[current=page]:text-ink"
        activeProps={{ 'aria-current': 'page' }}
      >
        <Icon of={area.icon} />
      </Link>
    </Tooltip>
  );
}

/** On a phone: the same areas with their names along the bottom. */
export function BottomBar() {
  const t = useText();
  const areas = useAreas();
  return (
    <nav
      aria-label={t('shell.areas')}
      className="flex shrink-0 items-stretch justify-around bg-sunken pb-[env(safe-area-inset-bottom)] tablet:hidden"
    >
      {areas.filter(inMain).map((area) => (
        <BarLink key={area.name} area={area} />
      ))}
      <button type="button" onClick={() => openMenu('tickets')} className={barLook}>
        <Icon of={Search} className="my-0.5" />
        {t('shell.search')}
      </button>
      {areas.filter(atEnd).map((area) => (
        <BarLink key={area.name} area={area} />
      ))}
      <UserMenu labelled />
    </nav>
  );
}

const barLook =
  'flex min-h-14 min-w-12 shrink-0 flex-col items-center justify-center gap-0.5 text-dense text-ink-2 no-underline aria-[current]:font-strong aria-[current]:text-ink';

function BarLink({ area }: { area: ConsoleModule }) {
  const t = useText();
  return (
    <Link to={area.path} activeProps={{ 'aria-current': 'page' }} className={barLook}>
      <Icon of={area.icon} className="my-0.5" />
      {t(area.titleId)}
    </Link>
  );
}
