import type { Locale } from '../../../i18n/locales.ts';
import { queryClient } from '../../api/client.ts';
import { request } from '../../api/request.ts';
import { meQuery } from '../../api/session.ts';
import { i18n, speak } from '../../ui/language.ts';
import { prefer } from '../../ui/preferences.ts';
import { toast } from '../../ui/toast.ts';

/** The person's own setting wins over the browser's once we know who it is. */
export async function followUserLocale(locale: Locale | null): Promise<void> {
  if (!locale || locale === i18n.locale) return;
  prefer({ locale });
  await speak(locale);
}

/** Turns the page at once; for someone signed in the choice also follows to other browsers. */
export async function chooseLocale(locale: Locale): Promise<void> {
  prefer({ locale });
  await speak(locale);
  const me = queryClient.getQueryData(meQuery.queryKey);
  if (!me) return;
  queryClient.setQueryData(['me'], { ...me, user: { ...me.user, locale } });
  try {
    await request('PATCH', '/me', { body: { locale } });
  } catch {
    toast(i18n._('shell.locale_not_saved'), { tone: 'failed' });
  }
}
