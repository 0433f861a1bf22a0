import type { Address } from '../use-address.ts';
import { usePromiseNews } from './use-promise-news.ts';

/** Nothing to see: it speaks at the foot of the screen when a promise is nearly used up, or is. */
export function PromiseNotices({ address }: { address: Address }) {
  usePromiseNews(address);
  return null;
}
