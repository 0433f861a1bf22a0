import { lazyRouteComponent, type RouteComponent } from '@tanstack/react-router';
import type { Role } from '../../../api/session.ts';

export type SettingsSection = {
  /** Last part of the path: `/settings/<name>`. */
  name: string;
  titleId: string;
  /** Left out for everyone on the staff. */
  roles?: readonly Role[];
  /** Shows mail of every ticket: left out for who sees only tickets of own teams. */
  allTickets?: boolean;
  component: RouteComponent;
};

const admin: readonly Role[] = ['admin'];
const manager: readonly Role[] = ['manager', 'admin'];

/** In the order of the menu. A section appears here when its module exists. */
export const settingsSections: readonly SettingsSection[] = [
  {
    name: 'preferences',
    titleId: 'settings.preferences',
    component: lazyRouteComponent(() => import('./preferences-section.tsx'), 'PreferencesSection'),
  },
  {
    name: 'desk',
    titleId: 'settings.desk',
    roles: admin,
    component: lazyRouteComponent(() => import('./desk/desk-section.tsx'), 'DeskSection'),
  },
  {
    name: 'people',
    titleId: 'settings.people',
    roles: admin,
    component: lazyRouteComponent(() => import('./people/people-section.tsx'), 'PeopleSection'),
  },
  {
    name: 'inboxes',
    titleId: 'settings.inboxes',
    roles: admin,
    component: lazyRouteComponent(() => import('./inboxes/inboxes-section.tsx'), 'InboxesSection'),
  },
  {
    name: 'hours',
    titleId: 'settings.hours',
    roles: manager,
    component: lazyRouteComponent(() => import('./hours/hours-section.tsx'), 'HoursSection'),
  },
  {
    name: 'sla',
    titleId: 'settings.sla',
    roles: manager,
    component: lazyRouteComponent(() => import('./sla/sla-section.tsx'), 'SlaSection'),
  },
  {
    name: 'fields',
    titleId: 'settings.fields',
    roles: admin,
    component: lazyRouteComponent(() => import('./fields/fields-section.tsx'), 'FieldsSection'),
  },
  {
    name: 'tokens',
    titleId: 'settings.tokens',
    component: lazyRouteComponent(() => import('./tokens/tokens-section.tsx'), 'TokensSection'),
  },
  {
    name: 'mail',
    titleId: 'settings.mail',
    allTickets: true,
    component: lazyRouteComponent(() => import('./mail/mail-section.tsx'), 'MailSection'),
  },
  {
    name: 'outbox',
    titleId: 'settings.outbox',
    roles: manager,
    allTickets: true,
    component: lazyRouteComponent(() => import('./mail/outbox-section.tsx'), 'OutboxSection'),
  },
  {
    name: 'jobs',
    titleId: 'settings.jobs',
    roles: admin,
    component: lazyRouteComponent(() => import('./jobs/jobs-section.tsx'), 'JobsSection'),
  },
  {
    name: 'audit',
    titleId: 'settings.audit',
    roles: admin,
    component: lazyRouteComponent(() => import('./audit/audit-section.tsx'), 'AuditSection'),
  },
];
