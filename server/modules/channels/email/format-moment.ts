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
  return formatterOf(locale, zone).format(at);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making one costs a hundred times what using it does. */
function formatterOf(locale: Locale, zone: string): Intl.DateTimeFormat {
  const key = `${locale} ${zone}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(intlLocales[locale], {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
    timeZoneName: 'short',
  });
  if (formatters.size < 500) formatters.set(key, made);
  return made;
}
