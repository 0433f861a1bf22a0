import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Page } from '../../../ui/page.tsx';
import { useFormats, useText } from '../../../ui/text.tsx';
import { usePageTitle } from '../../../ui/use-page-title.ts';
import { useHeldMails } from '../../shell/use-held-mails.ts';
import { useMe } from '../../shell/use-me.ts';
import { settingsSections } from './sections.ts';

/** On a phone the sections are a strip that scrolls: the open one must not hide beyond its end. */
function bringIntoSight(link: HTMLElement | null) {
  link?.scrollIntoView({ block: 'nearest', inline: 'center' });
}

export function SettingsPage() {
  const t = useText();
  const formats = useFormats();
  const held = useHeldMails();
  usePageTitle(t('settings.title'));
  const { role, ticketScope } = useMe().user;
  const sections = settingsSections.filter(
    ({ roles, allTickets }) => (roles?.includes(role) ?? true) && (!allTickets || ticketScope === 'all'),
  );
  const path = useRouterState({ select: (state) => state.location.pathname });
  const open = settingsSections.find(({ name }) => path === `/settings/${name}`);
  const closed = open !== undefined && !sections.includes(open);
  return (
    <Page title={t('settings.title')}>
      <div className="grid gap-x-12 gap-y-4 desk:grid-cols-[11rem_minmax(0,1fr)]">
        <nav
          aria-label={t('settings.title')}
          className="-mx-2.5 flex gap-0.5 max-tablet:overflow-x-auto tablet:flex-wrap desk:flex-col desk:flex-nowrap"
        >
          {sections.map((section) => (
            <Link
              key={section.name}
              to={`/settings/${section.name}`}
              activeProps={{ 'aria-current': 'page', ref: bringIntoSight }}
              className="flex min-h-8 shrink-0 items-center rounded-md px-2.5 text-ink-2 no-underline hover:text-ink aria-[current=page]:bg-sunken aria-[current=page]:text-ink"
            >
              {t(section.titleId)}
              {section.name === 'mail' && held > 0 && (
                <span className="figures ms-auto ps-2 font-strong text-dense text-due">
                  {formats.number(held)}
                </span>
              )}
            </Link>
          ))}
        </nav>
        <div className="max-w-3xl min-w-0">
          {closed ? (
            <EmptyState title={t('settings.not_yours')}>{t('settings.not_yours.text')}</EmptyState>
          ) : (
            <Outlet />
          )}
        </div>
      </div>
    </Page>
  );
}
