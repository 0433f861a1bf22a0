import { useLingui } from '@lingui/react';
import { useQuery } from '@tanstack/react-query';
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { localeNames, locales } from '../../../../i18n/locales.ts';
import { onSessionEnd, queryClient } from '../../../api/client.ts';
import { wordsOf } from '../../../api/error-words.ts';
import { signOut } from '../../../api/session.ts';
import { Button } from '../../../ui/button.tsx';
import { useDeskName } from '../../../ui/desk-name.ts';
import { LoadingBar } from '../../../ui/loading-bar.tsx';
import { useText } from '../../../ui/text.tsx';
import { toast } from '../../../ui/toast.ts';
import { Mark } from '../../shell/brand.tsx';
import { customerQuery } from './request-queries.ts';

/** Around every page of a customer: who is here, the way out, and the languages. */
export function RequestShell() {
  const waiting = useRouterState({ select: (state) => state.isLoading });
  useSessionEnd();
  return (
    <div className="mx-auto flex min-h-dvh max-w-3xl flex-col px-4 tablet:px-8">
      <LoadingBar active={waiting} />
      <header className="flex min-h-14 flex-wrap items-center gap-x-3 border-b border-line py-2">
        <Mark />
        <bdi className="min-w-0 text-title font-strong wrap-anywhere">{useDeskName()}</bdi>
        <Person />
      </header>
      <main className="flex-1 py-6">
        <Outlet />
      </main>
      <Languages />
    </div>
  );
}

/** A session that ended leads to the door, as it does for the desk's own people. */
function useSessionEnd() {
  const navigate = useNavigate();
  const { i18n } = useLingui();
  const door = `/hc/${i18n.locale}/signin`;
  useEffect(
    () =>
      onSessionEnd(() => {
        // There a link that does not work is refused with the same answer.
        if (window.location.pathname === door) return;
        queryClient.setQueryData(customerQuery.queryKey, null);
        void navigate({ to: door });
      }),
    [navigate, door],
  );
}

function Person() {
  const t = useText();
  const navigate = useNavigate();
  const { i18n } = useLingui();
  const { data: customer } = useQuery({ ...customerQuery, enabled: false });
  if (!customer) return null;
  const leave = async () => {
    try {
      await signOut();
      await navigate({ to: `/hc/${i18n.locale}/signin` });
    } catch (error) {
      toast(wordsOf(error, t), { tone: 'failed' });
    }
  };
  return (
    <div className="ms-auto flex min-w-0 items-center gap-2">
      <bdi className="min-w-0 truncate text-ink-2">{customer.name}</bdi>
      <Button kind="quiet" onClick={() => void leave()}>
        {t('requests.sign_out')}
      </Button>
    </div>
  );
}

function Languages() {
  const t = useText();
  const { i18n } = useLingui();
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (
    <nav aria-label={t('shell.language')} className="flex flex-wrap border-t border-line py-4 text-dense">
      {locales.map((locale) => (
        <a
          key={locale}
          href={path.replace(/^\/hc\/[^/]+/, `/hc/${locale}`)}
          lang={locale}
          aria-current={locale === i18n.locale || undefined}
          className="flex min-h-7 items-center rounded-md px-2 first:-ms-2 text-ink-2 no-underline hover:text-ink aria-[current]:font-strong aria-[current]:text-ink"
        >
          {localeNames[locale]}
        </a>
      ))}
    </nav>
  );
}
