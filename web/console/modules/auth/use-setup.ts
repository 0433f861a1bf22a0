import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { Locale } from '../../../../i18n/locales.ts';
import { setUp } from '../../../api/session.ts';
import { deskName } from '../../../ui/desk-name.ts';

/** Keys are the paths of the body, so that an error for a field finds it. */
const blank = {
  code: '',
  deskName: '',
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  'admin.name': '',
  'admin.email': '',
  'admin.password': '',
  'inbox.name': '',
  'inbox.address': '',
};

export function useSetup(locale: Locale) {
  const router = useRouter();
  const [answers, setAnswers] = useState(blank);
  const [failed, setFailed] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const write = (path: keyof typeof blank) => (value: string) =>
    setAnswers((now) => ({ ...now, [path]: value }));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailed(undefined);
    try {
      const body = toBody(answers, locale);
      await setUp(body);
      deskName.set(body.deskName);
      router.history.push('/');
    } catch (error) {
      setFailed(error);
      window.scrollTo({ top: 0 });
    }
    setBusy(false);
  };
  return { answers, write, failed, busy, submit };
}

function toBody(answers: typeof blank, locale: Locale) {
  const { code, deskName, timeZone } = answers;
  return {
    ...(code.trim() ? { code: code.trim() } : {}),
    deskName: deskName.trim(),
    timeZone,
    locale,
    admin: {
      name: answers['admin.name'].trim(),
      email: answers['admin.email'].trim(),
      password: answers['admin.password'],
    },
    inbox: { name: answers['inbox.name'].trim(), address: answers['inbox.address'].trim() },
  };
}
