import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { inboxesQuery } from '../desk-queries.ts';

export type InboxNames = ReadonlyMap<number, string>;

/** By which inbox a ticket came in, for views that span several; null where every row would say the same. */
export function useInboxNames(chosen: number | undefined): InboxNames | null {
  const { data } = useQuery(inboxesQuery);
  return useMemo(() => {
    const several = chosen === undefined && data && data.filter(({ active }) => active).length > 1;
    return several ? new Map(data.map(({ id, name }) => [id, name])) : null;
  }, [data, chosen]);
}
