import type { AnyRoute } from '@tanstack/react-router';
import type { LucideIcon } from 'lucide-react';
import type { Role } from '../api/session.ts';

/** What an area of the console offers the shell: its place in the rail, its key and its routes. */
export type ConsoleModule = {
  name: string;
  titleId: string;
  icon: LucideIcon;
  path: string;
  /** The letter after G that goes there. */
  goKey?: string;
  /** Left out for everyone on the staff. */
  roles?: readonly Role[];
  /** Where the bottom bar and the rail put it: settings stand apart at the end. */
  place: 'main' | 'end';
  routes: (desk: AnyRoute) => AnyRoute[];
};
