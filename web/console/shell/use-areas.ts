import type { ConsoleModule } from '../console-module.ts';
import { consoleModules } from '../modules.ts';
import { useMe } from './use-me.ts';

/** The areas this person may enter, in rail order. */
export function useAreas(): ConsoleModule[] {
  const { role } = useMe().user;
  return consoleModules.filter((module) => module.roles?.includes(role) ?? true);
}
