import { whenIdle } from '../../ui/when-idle.ts';

const floats = [
  () => import('./command-menu.tsx'),
  () => import('./shortcut-sheet.tsx'),
  () => import('./user-panel.tsx'),
  () => import('../../ui/menu-panel.tsx'),
  () => import('../../ui/dialog.tsx'),
];

/** So that the first menu, dialog or panel opens at once. A failed fetch is tried again by whoever opens it. */
export function loadFloats(): void {
  whenIdle(() => {
    for (const load of floats) load().catch(() => undefined);
  });
}
