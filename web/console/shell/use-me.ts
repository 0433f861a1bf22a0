import { useSuspenseQuery } from '@tanstack/react-query';
import { type Me, meQuery } from '../../api/session.ts';

/** The signed-in person; only below the desk route, which lets nobody else in. */
export function useMe(): Me {
  const { data } = useSuspenseQuery(meQuery);
  if (!data) throw new Error('Nobody is signed in');
  return data;
}
