import type { CommandContext } from '../../platform/command.ts';
import { changeSetting, type Setting } from '../../platform/settings.ts';
import { type DeskSettings, deskSettings } from './settings.ts';

/** Changes what is given and leaves the rest; each change is a `setting.changed`. */
export async function changeDeskSettings(
  cx: CommandContext,
  change: { [K in keyof DeskSettings]?: DeskSettings[K] | undefined },
): Promise<void> {
  const set = async <T>(setting: Setting<T>, value: T | undefined) => {
    if (value !== undefined) await changeSetting(cx, setting, value);
  };
  await set(deskSettings.name, change.name);
  await set(deskSettings.timeZone, change.timeZone);
  await set(deskSettings.locale, change.locale);
  await set(deskSettings.weekStart, change.weekStart);
  await set(deskSettings.closeAfterDays, change.closeAfterDays);
  await set(deskSettings.firstSteps, change.firstSteps);
}
