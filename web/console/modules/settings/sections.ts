import { lazyRouteComponent, type RouteComponent } from '@tanstack/react-router';
import type { Role } from '../../../api/session.ts';

export type SettingsSection = {
  /** Last part of the path: `/settings/<name>`. */
  name: string;
  titleId: string;
  /** Left out for everyone on the staff. */
  roles?: readonly Role[];
  component: RouteComponent;
};

/** In the order of the menu. A section appears here when its module exists. */
export const settingsSections: readonly SettingsSection[] = [
  {
    name: 'preferences',
    titleId: 'settings.preferences',
    component: lazyRouteComponent(() => import('./preferences-section.tsx'), 'PreferencesSection'),
  },
];
