import { intlLocales, type Locale } from '../../../../i18n/locales.ts';
import type { Queryable } from '../../../platform/db/database.ts';
import { readSetting } from '../../../platform/settings.ts';
import { deskSettings } from '../../auth/index.ts';

/** A moment in words, in this zone or else the desk's, with the zone named: the reader may live elsewhere. */
export async function formatMoment(
  db: Queryable,
  at: Date,
  locale: Locale,
  timeZone: string | null = null,
): Promise<string> {
  const zone = timeZone ?? (await readSetting(db, deskSettings.timeZone));
  const options: Intl.DateTimeFormatOptions = {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
    timeZoneName: 'short',
  };
  return new Intl.DateTimeFormat(intlLocales[locale], options).format(at);
}
