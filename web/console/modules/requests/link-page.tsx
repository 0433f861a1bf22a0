import { useLingui } from '@lingui/react';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { fieldWords, wordsOf } from '../../../api/error-words.ts';
import { Button } from '../../../ui/button.tsx';
import { useText } from '../../../ui/text.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { usePageTitle } from '../../../ui/use-page-title.ts';
import { FormError } from '../auth/form-error.tsx';
import { askForLink, openLink } from './request-queries.ts';

/** Where a mailed link leads; without one, the way to get one. The token behind the # reaches no server log. */
export function LinkPage() {
  const t = useText();
  usePageTitle(t('requests.sign_in'));
  const navigate = useNavigate();
  const { i18n } = useLingui();
  const token = useSyncExternalStore(onHash, readHash);
  const opening = useMutation({
    mutationFn: openLink,
    onSuccess: () => navigate({ to: `/hc/${i18n.locale}/requests`, replace: true }),
  });
  const { mutate } = opening;
  useEffect(() => {
    if (token) mutate(token);
  }, [token, mutate]);
  return (
    <>
      <h1 className="text-figure font-normal">{t('requests.sign_in')}</h1>
      {opening.error && (
        <div className="mt-6 max-w-md">
          <FormError>{wordsOf(opening.error, t)}</FormError>
        </div>
      )}
      {token && !opening.error ? (
        <p role="status" className="mt-2 text-ink-2">
          {t('requests.opening')}
        </p>
      ) : (
        <AskForLink />
      )}
    </>
  );
}

const readHash = (): string => window.location.hash.slice(1);

/** A link that is followed in the window that asked for it changes no more than what stands behind the #. */
function onHash(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

function AskForLink() {
  const t = useText();
  const [email, setEmail] = useState('');
  const asking = useMutation({ mutationFn: () => askForLink(email.trim()) });
  if (asking.isSuccess) {
    return (
      <p role="status" className="mt-4 max-w-md">
        {t('requests.link_sent')}
      </p>
    );
  }
  return (
    <form
      noValidate
      className="mt-4 grid max-w-sm gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        asking.mutate();
      }}
    >
      <p className="text-ink-2">{t('requests.link_lead')}</p>
      {asking.error && <FormError>{wordsOf(asking.error, t)}</FormError>}
      <TextField
        label={t('requests.email')}
        type="email"
        dir="ltr"
        value={email}
        onChange={setEmail}
        error={fieldWords(asking.error, 'email', t)}
        autoComplete="email"
        autoFocus
      />
      <Button type="submit" kind="primary" busy={asking.isPending} className="justify-self-start">
        {t('requests.send_link')}
      </Button>
    </form>
  );
}
