import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { Settings } from 'lucide-react';
import { needTexts } from '../../../ui/language.ts';
import type { ConsoleModule } from '../../console-module.ts';
import { settingsSections } from './sections.ts';

export const settingsModule: ConsoleModule = {
  name: 'settings',
  titleId: 'settings.title',
  icon: Settings,
  path: '/settings',
  goKey: 'S',
  place: 'end',
  routes: (desk) => {
    const settings = createRoute({
      getParentRoute: () => desk,
      path: '/settings',
      loader: () => needTexts('settings'),
      component: lazyRouteComponent(() => import('./settings-page.tsx'), 'SettingsPage'),
    });
    const first = createRoute({
      getParentRoute: () => settings,
      path: '/',
      beforeLoad: () => {
        throw redirect({ to: '/settings/preferences' });
      },
    });
    const sections = settingsSections.map((section) =>
      createRoute({ getParentRoute: () => settings, path: section.name, component: section.component }),
    );
    return [settings.addChildren([first, ...sections])];
  },
};
