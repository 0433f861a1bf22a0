import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { auditEntryShape } from '../../../../../server/modules/auth/contract.ts';
import { Combobox } from '../../../../ui/combobox.tsx';
import { Select } from '../../../../ui/select.tsx';
import { useText } from '../../../../ui/text.tsx';
import { Time } from '../../../../ui/time.tsx';
import { choiceOf, idOrNull, none, orNull } from '../editing/choice.ts';
import { PagedList } from '../paged-list.tsx';
import { Section } from '../section.tsx';
import { staffQuery } from '../settings-queries.ts';

type Entry = z.infer<typeof auditEntryShape>;
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
  const nameOf = ({ actorId, actorKind }: Entry) =>
    (actorId !== null && staff.find(({ id }) => id === actorId)?.name) || t(`settings.actor.${actorKind}`);
  const write = (data: Entry['data']) =>
    Object.entries(data)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => {
        const person = name === 'staffId' ? staff.find(({ id }) => id === value)?.name : undefined;
        return `${name}: ${person ?? (typeof value === 'string' ? value : JSON.stringify(value))}`;
      })
      .join(' · ');
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
      <PagedList<Entry>
        name="audit"
        path="/audit"
        query={{ type: type ?? undefined, actor: actor ?? undefined }}
        keyOf={({ id }) => id}
        row={(entry) => <AuditRow entry={entry} who={nameOf(entry)} written={write(entry.data)} />}
        empty={t('settings.audit.empty')}
      />
    </Section>
  );
}

function AuditRow({ entry, who, written }: { entry: Entry; who: string; written: string }) {
  return (
    <div className="grid gap-0.5">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <code className="font-strong">{entry.type}</code>
        <bdi className="min-w-0 text-ink-2 wrap-anywhere">{who}</bdi>
        <Time at={entry.at} as="dateTime" className="ms-auto text-dense text-ink-3" />
      </div>
      <p dir="auto" className="text-dense text-ink-3 wrap-anywhere">
        {written}
      </p>
    </div>
  );
}
