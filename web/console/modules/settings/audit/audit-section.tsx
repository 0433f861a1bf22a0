import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Combobox } from '../../../../ui/combobox.tsx';
import { Select } from '../../../../ui/select.tsx';
import { useText } from '../../../../ui/text.tsx';
import { Time } from '../../../../ui/time.tsx';
import { choiceOf, idOrNull, none, orNull } from '../editing/choice.ts';
import { PagedList } from '../paged-list.tsx';
import { Section } from '../section.tsx';
import { staffQuery } from '../settings-queries.ts';
import { type AuditEntry, useAuditWords } from './audit-words.ts';

const kinds = [
  'setting.',
  'staff.',
  'customer.',
  'organization.',
  'team.',
  'inbox.',
  'schedule.',
  'sla_policy.',
  'ticket_field.',
  'session.',
  'token.',
  'mail.',
];

/** Who changed what, when; nothing here can be changed. */
export function AuditSection() {
  const t = useText();
  const staff = useQuery(staffQuery).data ?? [];
  const [type, setType] = useState<string | null>(null);
  const [actor, setActor] = useState<number | null>(null);
  const everything = { value: none as string, label: t('settings.any') };
  const nameOf = ({ actorId, actorKind }: AuditEntry) =>
    (actorId !== null && staff.find(({ id }) => id === actorId)?.name) || t(`settings.actor.${actorKind}`);
  const { titleOf, factsOf } = useAuditWords();
  return (
    <Section title={t('settings.audit')} text={t('settings.audit.text')}>
      <div className="mb-3 grid gap-3 tablet:grid-cols-2">
        <Select
          label={t('settings.audit.type')}
          value={choiceOf(type)}
          onChange={(value) => setType(orNull(value))}
          options={[
            everything,
            ...kinds.map((value) => ({ value, label: t(`settings.audit.kind.${value.slice(0, -1)}`) })),
          ]}
        />
        <Combobox
          label={t('settings.audit.actor')}
          value={choiceOf(actor)}
          onChange={(value) => setActor(idOrNull(value))}
          options={[everything, ...staff.map(({ id, name }) => ({ value: String(id), label: name }))]}
        />
      </div>
      <PagedList<AuditEntry>
        name="audit"
        path="/audit"
        query={{ type: type ?? undefined, actor: actor ?? undefined }}
        keyOf={({ id }) => id}
        row={(entry) => (
          <AuditRow entry={entry} what={titleOf(entry)} who={nameOf(entry)} facts={factsOf(entry)} />
        )}
        empty={t('settings.audit.empty')}
      />
    </Section>
  );
}

type RowProps = { entry: AuditEntry; what: string; who: string; facts: string };

/** The name the log has for it is on hover: it is what programs ask for. */
function AuditRow({ entry, what, who, facts }: RowProps) {
  return (
    <div className="grid gap-0.5">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <span className="font-strong" title={entry.type}>
          {what}
        </span>
        <bdi className="min-w-0 text-ink-2 wrap-anywhere">{who}</bdi>
        <Time at={entry.at} as="dateTime" className="ms-auto text-dense text-ink-3" />
      </div>
      {facts && (
        <p dir="auto" className="align-with-page text-dense text-ink-3 wrap-anywhere">
          {facts}
        </p>
      )}
    </div>
  );
}
