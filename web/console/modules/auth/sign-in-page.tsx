import { useLingui } from '@lingui/react';
import { Link, useRouter, useSearch } from '@tanstack/react-router';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { fieldWords, wordsOf } from '../../../api/error-words.ts';
import { signIn } from '../../../api/session.ts';
import { Button } from '../../../ui/button.tsx';
import { useText } from '../../../ui/text.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { usePageTitle } from '../../../ui/use-page-title.ts';
import { Door } from './door.tsx';
import { FormError } from './form-error.tsx';

export function SignInPage() {
  const t = useText();
  usePageTitle(t('auth.sign_in'));
  const { i18n } = useLingui();
  const { ended } = useSearch({ strict: false }) as { ended?: boolean };
  const { email, setEmail, password, setPassword, failed, busy, submit } = useSignIn();
  return (
    <Door title={t('auth.sign_in')}>
      {ended && <EndedNotice />}
      <form noValidate onSubmit={submit} className="mt-8 grid max-w-sm gap-4">
        {failed !== undefined && <FormError>{wordsOf(failed, t)}</FormError>}
        <TextField
          label={t('auth.email')}
          type="email"
          name="email"
          value={email}
          onChange={setEmail}
          error={fieldWords(failed, 'email', t)}
          autoComplete="username"
          autoFocus={!ended}
          required
          spellCheck={false}
        />
        <TextField
          label={t('auth.password')}
          type="password"
          name="password"
          value={password}
          onChange={setPassword}
          error={fieldWords(failed, 'password', t)}
          autoComplete="current-password"
          required
        />
        <Button type="submit" kind="primary" busy={busy} className="mt-2">
          {t('auth.sign_in')}
        </Button>
      </form>
      <p className="mt-8 text-dense text-ink-2">
        {t('auth.customers')} <Link to={`/hc/${i18n.locale}/signin`}>{t('auth.customers.link')}</Link>
      </p>
    </Door>
  );
}

/** Has the focus, so that what is still being typed does not run on into the form. */
function EndedNotice() {
  const t = useText();
  const notice = useRef<HTMLParagraphElement>(null);
  useEffect(() => notice.current?.focus(), []);
  return (
    <p
      ref={notice}
      tabIndex={-1}
      role="status"
      className="mt-6 max-w-sm rounded-md bg-due-well px-3 py-2 outline-none"
    >
      {t('auth.ended')}
    </p>
  );
}

function useSignIn() {
  const router = useRouter();
  const { next } = useSearch({ strict: false }) as { next?: string };
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [failed, setFailed] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailed(undefined);
    try {
      await signIn(email.trim(), password);
      router.history.push(next ?? '/');
    } catch (error) {
      setFailed(error);
    }
    setBusy(false);
  };
  return { email, setEmail, password, setPassword, failed, busy, submit };
}
