import { useLingui } from '@lingui/react';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
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
  const [token] = useState(() => window.location.hash.slice(1));
  const opening = useMutation({
    mutationFn: () => openLink(token),
    onSuccess: () => navigate({ to: `/hc/${i18n.locale}/requests`, replace: true }),
  });
  const { mutate, isIdle } = opening;
  useEffect(() => {
    if (token && isIdle) mutate();
  }, [token, isIdle, mutate]);
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
