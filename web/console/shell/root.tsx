import { useLingui } from '@lingui/react';
import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { Direction } from 'radix-ui';
import type { ReactNode } from 'react';
import { directionOf } from '../../../i18n/locales.ts';
import { queryClient } from '../../api/client.ts';
import { meQuery } from '../../api/session.ts';
import { TextProvider } from '../../ui/text.tsx';
import { TipLayer } from '../../ui/tip-layer.tsx';
import { ToastRegion } from '../../ui/toast-region.tsx';

export function Root() {
  return (
    <QueryClientProvider client={queryClient}>
      <Spoken>
        <Outlet />
        <ToastRegion />
      </Spoken>
    </QueryClientProvider>
  );
}

/** Language, direction and the desk's zone for all that follows. */
export function Spoken({ children }: { children: ReactNode }) {
  const me = useQuery({ ...meQuery, enabled: false }).data;
  const zone = me?.desk.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <TextProvider timeZone={zone}>
      <Directed>
        {children}
        <TipLayer />
      </Directed>
    </TextProvider>
  );
}

function Directed({ children }: { children: ReactNode }) {
  const { i18n } = useLingui();
  return <Direction.Provider dir={directionOf(i18n.locale)}>{children}</Direction.Provider>;
}
