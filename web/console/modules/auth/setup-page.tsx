import { useLingui } from '@lingui/react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type Locale, localeNames, locales } from '../../../../i18n/locales.ts';
import { fieldWords, wordsOf } from '../../../api/error-words.ts';
import { setupQuery } from '../../../api/session.ts';
import { Button } from '../../../ui/button.tsx';
import { Combobox } from '../../../ui/combobox.tsx';
import { Select } from '../../../ui/select.tsx';
import { useText } from '../../../ui/text.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { usePageTitle } from '../../../ui/use-page-title.ts';
import { chooseLocale } from '../../shell/locale.ts';
import { Door } from './door.tsx';
import { FormError } from './form-error.tsx';
import { listTimeZones } from './time-zones.ts';
import { useSetup } from './use-setup.ts';

const languages = locales.map((value) => ({ value, label: localeNames[value], lang: value }));

/** The first visit: names the desk, its first admin and its first inbox, in one go. */
export function SetupPage() {
  const t = useText();
  usePageTitle(t('auth.setup.title'));
  const { i18n } = useLingui();
  const codeRequired = useQuery(setupQuery).data?.codeRequired ?? false;
  const { answers, write, failed, busy, submit } = useSetup(i18n.locale as Locale);
  const field = (path: keyof typeof answers, label: string) => ({
    label,
    value: answers[path],
    onChange: write(path),
    error: fieldWords(failed, path, t),
    required: true,
  });
  return (
    <Door title={t('auth.setup.title')} lead={t('auth.setup.lead')}>
      <form noValidate onSubmit={submit} className="mt-8 grid gap-8">
        {failed !== undefined && <FormError>{wordsOf(failed, t)}</FormError>}
        {codeRequired && (
          <TextField
            {...field('code', t('auth.setup.code'))}
            hint={t('auth.setup.code.hint')}
            autoComplete="one-time-code"
            autoFocus
            spellCheck={false}
            className="figures"
          />
        )}
        <Part title={t('auth.setup.desk')}>
          <TextField
            {...field('deskName', t('auth.setup.desk_name'))}
            placeholder="Lantern"
            autoFocus={!codeRequired}
          />
          <Combobox
            {...field('timeZone', t('auth.setup.time_zone'))}
            options={listTimeZones()}
            hint={t('auth.setup.time_zone.hint')}
          />
          <Select
            label={t('shell.language')}
            value={i18n.locale as Locale}
            onChange={(locale) => void chooseLocale(locale)}
            options={languages}
          />
        </Part>
        <Part title={t('auth.setup.you')}>
          <TextField {...field('admin.name', t('auth.setup.your_name'))} autoComplete="name" />
          <TextField
            {...field('admin.email', t('auth.email'))}
            type="email"
            autoComplete="username"
            spellCheck={false}
          />
          <TextField
            {...field('admin.password', t('auth.password'))}
            type="password"
            autoComplete="new-password"
            minLength={8}
            hint={t('auth.setup.password.hint')}
          />
        </Part>
        <Part title={t('auth.setup.inbox')}>
          <TextField
            {...field('inbox.name', t('auth.setup.inbox_name'))}
            placeholder={t('auth.setup.inbox_name.example')}
          />
          <TextField
            {...field('inbox.address', t('auth.setup.inbox_address'))}
            type="email"
            placeholder="help@example.com"
            hint={t('auth.setup.inbox_address.hint')}
            spellCheck={false}
          />
        </Part>
        <Button type="submit" kind="primary" busy={busy} className="justify-self-start">
          {t('auth.setup.finish')}
        </Button>
      </form>
    </Door>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="grid gap-4 border-t border-line pt-4">
      <legend className="float-start mb-1 w-full text-title font-strong">{title}</legend>
      {children}
    </fieldset>
  );
}
