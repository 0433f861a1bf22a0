import { Link, Outlet } from '@tanstack/react-router';
import { Page } from '../../../ui/page.tsx';
import { useText } from '../../../ui/text.tsx';
import { usePageTitle } from '../../../ui/use-page-title.ts';
import { useMe } from '../../shell/use-me.ts';
import { settingsSections } from './sections.ts';

export function SettingsPage() {
  const t = useText();
  usePageTitle(t('settings.title'));
  const { role } = useMe().user;
  const sections = settingsSections.filter((section) => section.roles?.includes(role) ?? true);
  return (
    <Page title={t('settings.title')}>
      <div className="grid gap-x-12 gap-y-4 desk:grid-cols-[11rem_minmax(0,1fr)]">
        <nav aria-label={t('settings.title')} className="-mx-2.5 flex gap-0.5 overflow-x-auto desk:flex-col">
          {sections.map((section) => (
            <Link
              key={section.name}
              to={`/settings/${section.name}`}
              activeProps={{ 'aria-current': 'page' }}
              className="flex min-h-8 shrink-0 items-center rounded-md px-2.5 text-ink-2 no-underline hover:text-ink aria-[current=page]:bg-sunken aria-[current=page]:text-ink"
            >
              {t(section.titleId)}
            </Link>
          ))}
        </nav>
        <div className="max-w-3xl min-w-0">
          <Outlet />
        </div>
      </div>
    </Page>
  );
}
