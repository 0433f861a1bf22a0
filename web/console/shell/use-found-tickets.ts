import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { SearchPage } from '../../../server/modules/search/contract.ts';
import { request } from '../../api/request.ts';

export type FoundTicket = SearchPage['items'][number];
type Found = Pick<SearchPage, 'items' | 'count'>;

export const shownTickets = 8;
const restMs = 120;
const nothing: Found = { items: [], count: 0 };

/** Tickets that answer to what is typed, once the typing rests; the former ones stay until then. */
export function useFoundTickets(typed: string) {
  const words = useRested(typed.trim());
  const asks = isEnough(words);
  const asked = useQuery({
    queryKey: ['found', words],
    queryFn: ({ signal }) => find(words, signal),
    enabled: asks,
    placeholderData: (before) => before,
    staleTime: 5000,
  });
  const typing = isEnough(typed.trim()) && typed.trim() !== words;
  return {
    found: asks ? asked.data : undefined,
    error: asks ? asked.error : null,
    waiting: typing || (asks && asked.isFetching),
  };
}

/** One Latin letter says nothing; one Han character or figure does. */
const isEnough = (words: string): boolean => words.length > 1 || /[\p{Script=Han}\d]/u.test(words);

async function find(words: string, signal: AbortSignal): Promise<Found> {
  const number = /^#?(\d{1,15})$/.exec(words)?.[1];
  const [byNumber, byWords] = await Promise.all([
    number ? ask(`id:${number}`, signal) : nothing,
    words.startsWith('#') && number ? nothing : ask(words, signal),
  ]);
  const known = new Set(byNumber.items.map(({ ticket }) => ticket.id));
  const others = byWords.items.filter(({ ticket }) => !known.has(ticket.id));
  return {
    items: [...byNumber.items, ...others],
    count: byNumber.count + byWords.count - (byWords.items.length - others.length),
  };
}

const ask = (q: string, signal: AbortSignal): Promise<Found> =>
  request<SearchPage>('GET', '/search', { query: { q, limit: shownTickets }, signal });

function useRested(value: string): string {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), restMs);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}
