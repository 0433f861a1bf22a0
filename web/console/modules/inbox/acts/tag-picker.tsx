import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { request } from '../../../../api/request.ts';
import { useText } from '../../../../ui/text.tsx';
import { type Choice, type PartProps, Picker } from './picker.tsx';

const oneTag = /^[^\s,]{1,60}$/u;

/** Tags of these tickets first, then those the desk uses; a new word makes a new tag. */
export function TagPicker({ tickets, acts, onClose }: PartProps) {
  const t = useText();
  const [query, setQuery] = useState('');
  const asked = useDeferredValue(query.trim().toLowerCase());
  const { data } = useQuery({
    queryKey: ['tags', asked],
    queryFn: ({ signal }) => request<{ items: string[] }>('GET', '/tags', { query: { q: asked }, signal }),
    placeholderData: keepPreviousData,
  });
  const known = data?.items ?? [];
  const own = [...new Set(tickets.flatMap((ticket) => ticket.tags))];
  const has = (tag: string) => tickets.every((ticket) => ticket.tags.includes(tag));
  const all = [...own, ...known.filter((tag) => !own.includes(tag))];
  const make = (words: string): Choice | undefined => {
    const tag = words.toLowerCase();
    if (all.includes(tag) || !oneTag.test(tag)) return undefined;
    return { value: tag, label: t('ticket.new_tag', { tag }) };
  };
  return (
    <Picker
      title={t('inbox.do.tag')}
      several
      choices={all.map((tag) => ({ value: tag, label: tag, chosen: has(tag) }))}
      onChoose={(tag) => acts.tag(tickets, tag, !has(tag))}
      onQuery={setQuery}
      make={make}
      onClose={onClose}
    />
  );
}
