import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { fieldWords, wordsOf } from '../../../../api/error-words.ts';
import { request } from '../../../../api/request.ts';
import { Button } from '../../../../ui/button.tsx';
import { useFormats, useText } from '../../../../ui/text.tsx';
import { TextField } from '../../../../ui/text-field.tsx';
import { toast } from '../../../../ui/toast.ts';
import { useMe } from '../../../shell/use-me.ts';
import { CheckList } from '../editing/check-list.tsx';
import { RecordList, RecordRow } from '../editing/record-list.tsx';
import { RemoveButton } from '../editing/remove-button.tsx';
import { Section } from '../section.tsx';
import { type ApiToken, refreshSettings, tokensQuery } from '../settings-queries.ts';

type NewToken = ApiToken & { token: string };

/** Keys for programs. A token is shown once, when it is made. */
export function TokensSection() {
  const t = useText();
  const formats = useFormats();
  const tokens = useQuery(tokensQuery);
  const metaOf = ({ last4, scopes, createdAt, lastUsedAt }: ApiToken) =>
    [
      `…${last4}`,
      scopes.map((scope) => t(`settings.scope.${scope}`)).join(', '),
      t('settings.tokens.made', { date: formats.date(createdAt) }),
      lastUsedAt
        ? t('settings.tokens.used', { date: formats.dateTime(lastUsedAt) })
        : t('settings.tokens.unused'),
    ].join(' · ');
  return (
    <div className="grid gap-10">
      <Section title={t('settings.tokens.new')} text={t('settings.tokens.new.text')}>
        <TokenMaker />
      </Section>
      <Section title={t('settings.tokens')} text={t('settings.tokens.text')}>
        <RecordList
          query={tokens}
          keyOf={({ id }) => id}
          empty={t('settings.tokens.empty')}
          row={(token) => (
            <RecordRow
              name={token.name}
              meta={metaOf(token)}
              mark={<RemoveButton path={`/api-tokens/${token.id}`} label={t('settings.tokens.revoke')} />}
            />
          )}
        />
      </Section>
      <Section title={t('settings.api')} text={t('settings.api.text')}>
        <a href="/api/docs">{t('settings.api.open')}</a>
      </Section>
    </div>
  );
}

const staffScopes = ['read', 'write'] as const;
const adminScopes = [...staffScopes, 'admin'] as const;

function TokenMaker() {
  const t = useText();
  const { role } = useMe().user;
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<ApiToken['scopes']>(['read', 'write']);
  const make = useMutation({
    mutationFn: () => request<NewToken>('POST', '/api-tokens', { body: { name, scopes } }),
    onSuccess: async () => {
      setName('');
      await refreshSettings();
    },
  });
  return (
    <form
      className="grid max-w-sm gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate();
      }}
    >
      <TextField
        label={t('settings.name')}
        hint={t('settings.tokens.name.hint')}
        value={name}
        onChange={setName}
        error={fieldWords(make.error, 'name', t)}
      />
      <CheckList
        label={t('settings.tokens.scopes')}
        options={(role === 'admin' ? adminScopes : staffScopes).map((value) => ({
          value,
          label: t(`settings.scope.${value}`),
        }))}
        value={scopes}
        onChange={setScopes}
      />
      {make.error && (
        <p role="alert" className="text-dense text-late">
          {wordsOf(make.error, t)}
        </p>
      )}
      <div>
        <Button kind="primary" type="submit" busy={make.isPending}>
          {t('settings.tokens.make')}
        </Button>
      </div>
      {make.data && <ShownOnce token={make.data.token} />}
    </form>
  );
}

function ShownOnce({ token }: { token: string }) {
  const t = useText();
  const copy = () =>
    navigator.clipboard.writeText(token).then(
      () => toast(t('settings.tokens.copied')),
      () => toast(t('settings.tokens.not_copied'), { tone: 'failed' }),
    );
  return (
    <div role="status" className="grid gap-2 rounded-md bg-good-well px-3 py-2">
      <p>{t('settings.tokens.once')}</p>
      <code className="font-mono break-all select-all">{token}</code>
      <div>
        <Button onClick={() => void copy()}>{t('settings.tokens.copy')}</Button>
      </div>
    </div>
  );
}
