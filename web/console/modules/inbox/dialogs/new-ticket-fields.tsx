import { useQuery } from '@tanstack/react-query';
import { fieldWords } from '../../../../api/error-words.ts';
import { Segmented } from '../../../../ui/segmented.tsx';
import { Select } from '../../../../ui/select.tsx';
import { useText } from '../../../../ui/text.tsx';
import { TextArea, TextField } from '../../../../ui/text-field.tsx';
import { inboxesQuery } from '../desk-queries.ts';
import { channels } from '../filters.ts';
import type { Opening } from './opening.ts';

type NewTicketFieldsProps = {
  opening: Opening;
  error: unknown;
  /** Not asked where the person is known already. */
  asksWho: boolean;
  onChange: (change: Partial<Opening>) => void;
};

export function NewTicketFields({ opening, error, asksWho, onChange }: NewTicketFieldsProps) {
  const t = useText();
  const wrong = (path: string) => (error ? fieldWords(error, path, t) : undefined);
  return (
    <>
      <Segmented
        label={t('ticket.new.who')}
        value={opening.who}
        onChange={(who) => onChange({ who })}
        options={(['on_behalf', 'proactive'] as const).map((value) => ({
          value,
          label: t(`ticket.new.${value}`),
        }))}
      />
      {asksWho && (
        <div className="grid gap-4 tablet:grid-cols-2">
          <TextField
            label={t('ticket.new.email')}
            type="email"
            required
            value={opening.email}
            onChange={(email) => onChange({ email })}
            error={wrong('requester') ?? wrong('requester.email')}
          />
          <TextField
            label={t('ticket.new.name')}
            value={opening.name}
            onChange={(name) => onChange({ name })}
          />
        </div>
      )}
      <TextField
        label={t('ticket.new.subject')}
        required
        maxLength={500}
        value={opening.subject}
        onChange={(subject) => onChange({ subject })}
        error={wrong('subject')}
      />
      <TextArea
        label={t(`ticket.new.${opening.who}.words`)}
        required
        className="min-h-28"
        value={opening.text}
        onChange={(text) => onChange({ text })}
        error={wrong('message.text')}
      />
      <Places opening={opening} onChange={onChange} />
    </>
  );
}

/** By which way it came, and to which inbox it belongs. */
function Places({ opening, onChange }: Pick<NewTicketFieldsProps, 'opening' | 'onChange'>) {
  const t = useText();
  const { data: inboxes = [] } = useQuery(inboxesQuery);
  const ways = channels.filter((one) => one !== 'api');
  const shown = inboxes.filter((one) => one.active || String(one.id) === opening.inbox);
  return (
    <div className="grid gap-4 tablet:grid-cols-2">
      {opening.who === 'on_behalf' && (
        <Select
          label={t('ticket.channel')}
          value={opening.channel}
          onChange={(channel) => onChange({ channel })}
          options={ways.map((value) => ({ value, label: t(`ticket.channel.${value}`) }))}
        />
      )}
      {shown.length > 0 && (
        <Select
          label={t('ticket.inbox')}
          value={opening.inbox}
          onChange={(inbox) => onChange({ inbox })}
          placeholder={t('ticket.none')}
          options={shown.map((one) => ({ value: String(one.id), label: one.name }))}
        />
      )}
    </div>
  );
}
