import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { Mail } from '../../../../../server/modules/channels/contract.ts';
import { Select } from '../../../../ui/select.tsx';
import { useText } from '../../../../ui/text.tsx';
import { TextField } from '../../../../ui/text-field.tsx';
import { choiceOf, none } from '../editing/choice.ts';
import { PagedList } from '../paged-list.tsx';
import { Section } from '../section.tsx';
import { MailRow } from './mail-row.tsx';

const fates = [
  'received',
  'ticket',
  'reply',
  'auto_reply',
  'bounce',
  'suspended',
  'quarantined',
  'duplicate',
  'discarded',
] as const;

/** After these the ledger has changed; that a mail is being read no event tells. */
const told = [
  'ticket.opened',
  'message.received',
  'mail.suspended',
  'mail.quarantined',
  'mail.duplicated',
  'mail.auto_replied',
  'mail.bounced',
  'mail.delayed',
  'mail.released',
  'mail.reprocessed',
  'mail.joined',
  'mail.discarded',
  'mail.restored',
  'mail.undone',
];

/** Every mail that was accepted, and what became of it: none is lost without a word. */
export function MailSection() {
  const t = useText();
  const asked = useSearch({ strict: false }) as { fate?: string };
  const [fate, setFate] = useState<string | null>(asked.fate === 'held' ? 'held' : null);
  const [q, setQ] = useState('');
  return (
    <Section title={t('settings.mail')} text={t('settings.mail.text')}>
      <div className="mb-3 flex flex-wrap gap-3">
        <div className="w-48">
          <Select
            label={t('settings.mail.fate')}
            value={choiceOf(fate)}
            onChange={(value) => setFate(value === none ? null : value)}
            options={[
              { value: none as string, label: t('settings.any') },
              { value: 'held', label: t('settings.mail.held') },
              ...fates.map((value) => ({ value: value as string, label: t(`settings.mail.fate.${value}`) })),
            ]}
          />
        </div>
        <div className="min-w-48 flex-1">
          <TextField type="search" label={t('settings.mail.find')} value={q} onChange={setQ} />
        </div>
      </div>
      <PagedList<Mail>
        name="mail"
        path="/mail/ledger"
        query={{ fate: fate ?? undefined, q: q.trim() || undefined }}
        keyOf={({ id }) => id}
        row={(mail) => <MailRow mail={mail} />}
        empty={t(
          fate === 'held' && !q
            ? 'settings.mail.none_held'
            : fate || q
              ? 'settings.mail.none_such'
              : 'settings.mail.empty',
        )}
        events={told}
        isMoving={(mail) => mail.fate === 'received'}
      />
    </Section>
  );
}
