import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../../../../api/request.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { useText } from '../../../../ui/text.tsx';
import { RecordList, RecordRow } from '../editing/record-list.tsx';
import { Section } from '../section.tsx';
import { fieldsQuery, type TicketField } from '../settings-queries.ts';
import { FieldDialog } from './field-dialog.tsx';

/** What a ticket can hold beside the usual, and the tags in use. */
export function FieldsSection() {
  const t = useText();
  const fields = useQuery(fieldsQuery);
  const tags = useQuery({
    queryKey: ['settings', 'tags'],
    queryFn: async () => (await request<{ items: string[] }>('GET', '/tags')).items,
  });
  const [open, setOpen] = useState<TicketField | 'new' | null>(null);
  return (
    <div className="grid gap-10">
      <Section title={t('settings.fields')} text={t('settings.fields.text')}>
        <RecordList
          query={fields}
          keyOf={({ id }) => id}
          empty={t('settings.fields.empty')}
          add={{ label: t('settings.fields.add'), onAdd: () => setOpen('new') }}
          row={(field) => (
            <RecordRow
              name={field.title}
              meta={`${field.key} · ${t(`settings.fields.kind.${field.kind}`)}`}
              mark={!field.active && <Badge>{t('settings.off')}</Badge>}
              onOpen={() => setOpen(field)}
            />
          )}
        />
      </Section>
      <Section title={t('settings.tags')} text={t('settings.tags.text')}>
        {tags.data?.length === 0 && <p className="text-ink-2">{t('settings.tags.empty')}</p>}
        <p className="flex flex-wrap gap-1.5">
          {tags.data?.map((tag) => (
            <Badge key={tag}>
              <bdi>{tag}</bdi>
            </Badge>
          ))}
        </p>
      </Section>
      {open && <FieldDialog field={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </div>
  );
}
