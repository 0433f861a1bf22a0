import { useNavigate } from '@tanstack/react-router';
import { localeNames, locales } from '../../../i18n/locales.ts';
import type { Command } from '../../ui/commands.ts';
import { prefer, preferences, type Theme } from '../../ui/preferences.ts';
import { useText } from '../../ui/text.tsx';
import { toasts, undoLatest } from '../../ui/toast.ts';
import { useCommands } from '../../ui/use-commands.ts';
import { chooseLocale } from './locale.ts';
import { commandMenuOpen, openMenu, shortcutSheetOpen } from './panels.ts';
import { useAreas } from './use-areas.ts';
import { useLeave } from './use-leave.ts';

const themes: Theme[] = ['system', 'light', 'dark', 'contrast'];

/** What can be done from anywhere. */
export function useShellCommands(): void {
  const t = useText();
  const navigate = useNavigate();
  const areas = useAreas();
  const leave = useLeave();
  const group = t('shell.group.everywhere');
  const goes: Command[] = areas.map((area) => ({
    id: `go.${area.name}`,
    group: t('shell.group.go'),
    label: t(area.titleId),
    keys: area.goKey && `G ${area.goKey}`,
    run: () => void navigate({ to: area.path }),
  }));
  const looks: Command[] = themes.map((theme) => ({
    id: `theme.${theme}`,
    group: t('shell.theme'),
    label: t(`shell.theme.${theme}`),
    inMenu: () => preferences.get().theme !== theme,
    run: () => prefer({ theme }),
  }));
  const languages: Command[] = locales.map((locale) => ({
    id: `locale.${locale}`,
    group: t('shell.language'),
    label: localeNames[locale],
    run: () => void chooseLocale(locale),
  }));
  useCommands([
    ...goes,
    {
      id: 'menu',
      group,
      label: t('shell.command_menu'),
      keys: 'Mod+K',
      inFields: true,
      inMenu: false,
      run: () => (commandMenuOpen.get() ? commandMenuOpen.set(false) : openMenu('all')),
    },
    { id: 'search', group, label: t('shell.search'), keys: '/', run: () => openMenu('tickets') },
    {
      id: 'undo',
      group,
      label: t('shell.undo_last'),
      keys: 'Mod+Z',
      inMenu: () => toasts.get().some((one) => one.undo),
      run: undoLatest,
    },
    {
      id: 'shortcuts',
      group,
      label: t('shell.shortcuts'),
      keys: '?',
      run: () => shortcutSheetOpen.set(true),
    },
    ...looks,
    ...languages,
    { id: 'leave', group, label: t('shell.sign_out'), run: leave },
  ]);
}
