import { onEvent } from '../../../../api/live.ts';
import { latestNews, type PromiseNews, readPromiseNews } from './promise-news.ts';

/** So that many at once are one notice. */
const gatherMs = 500;

/** Hands over what the live stream tells of promises, gathered, and only while the page is seen; until called. */
export function gatherNews(show: (news: PromiseNews[]) => void): () => void {
  const news: PromiseNews[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const handOver = () => {
    timer = undefined;
    if (!document.hidden) show(latestNews(news.splice(0)));
  };
  const handOverSoon = () => {
    if (news.length > 0) timer ??= setTimeout(handOver, gatherMs);
  };
  const stop = onEvent('*', (event) => {
    const one = readPromiseNews(event, Date.now());
    if (one) news.push(one);
    handOverSoon();
  });
  document.addEventListener('visibilitychange', handOverSoon);
  return () => {
    clearTimeout(timer);
    stop();
    document.removeEventListener('visibilitychange', handOverSoon);
  };
}
