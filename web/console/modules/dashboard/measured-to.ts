import { useEffect } from 'react';
import { queryClient } from '../../../api/client.ts';
import { onEvent } from '../../../api/live.ts';
import { refreshSoon } from '../../../api/refresh.ts';

type Answer = { measuredTo: number };

/** The position up to which the desk says to have measured its log; 0 until it says so. */
let told = 0;

/**
 * Asks for the figures again whenever the desk has measured more than they hold, never by the clock and never too
 * early. What is heard while an answer is under way is compared with the answer when it comes.
 */
export function useLiveFigures(): void {
  useEffect(() => {
    const stop = onEvent('figures.measured', ({ data }) => {
      told = (data as { to: number }).to;
      if (!shown().every((answer) => holds(answer, told))) refreshSoon(['figures']);
    });
    return () => {
      stop();
      told = 0;
    };
  }, []);
}

/** An answer as it came; one that is older than what was heard meanwhile is asked for again. */
export function compared<A extends Answer>(answer: A): A {
  if (!holds(answer, told)) refreshSoon(['figures']);
  return answer;
}

const holds = (answer: unknown, to: number): boolean =>
  (answer as Partial<Answer> | undefined)?.measuredTo !== undefined && (answer as Answer).measuredTo >= to;

const shown = (): unknown[] =>
  queryClient
    .getQueryCache()
    .findAll({ queryKey: ['figures'], type: 'active' })
    .map(({ state }) => state.data);
