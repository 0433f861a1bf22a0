import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { fieldWords, wordsOf } from '../../../api/error-words.ts';
import { request } from '../../../api/request.ts';
import { Button } from '../../../ui/button.tsx';
import { useText } from '../../../ui/text.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { toast } from '../../../ui/toast.ts';
import { usePageTitle } from '../../../ui/use-page-title.ts';
import { Door } from './door.tsx';
import { FormError } from './form-error.tsx';

/** Where an invitation's link leads. The token stands behind the #, so that it reaches no server log. */
export function PasswordPage() {
  const t = useText();
  usePageTitle(t('auth.password.title'));
  const { password, setPassword, failed, busy, submit } = useChoice();
  return (
    <Door title={t('auth.password.title')}>
      <form noValidate onSubmit={submit} className="mt-8 grid max-w-sm gap-4">
        {failed !== undefined && <FormError>{wordsOf(failed, t)}</FormError>}
        <TextField
          label={t('auth.password.new')}
          hint={t('auth.setup.password.hint')}
          error={fieldWords(failed, 'new', t)}
          type="password"
          name="new-password"
          value={password}
          onChange={setPassword}
          autoComplete="new-password"
          autoFocus
          required
        />
        <Button type="submit" kind="primary" busy={busy} className="mt-2">
          {t('auth.password.save')}
        </Button>
      </form>
    </Door>
  );
}

function useChoice() {
  const t = useText();
  const router = useRouter();
  const [password, setPassword] = useState('');
  const [failed, setFailed] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailed(undefined);
    try {
      // As it is now: a newer link may have been followed in the same window.
      const token = window.location.hash.slice(1);
      await request('POST', '/password', { body: { token, new: password } });
      toast(t('auth.password.saved'));
      router.history.push('/sign-in');
    } catch (error) {
      setFailed(error);
    }
    setBusy(false);
  };
  return { password, setPassword, failed, busy, submit };
}
