import { useMutation } from '@tanstack/react-query';
import { wordsOf } from '../../../api/error-words.ts';
import { type Method, request } from '../../../api/request.ts';
import { useText } from '../../../ui/text.tsx';
import { toast } from '../../../ui/toast.ts';
import { refreshSettings } from './settings-queries.ts';

type Act = { method: Method; path: string; body?: unknown; done: string };

/** One press that asks the desk to do something, and says what came of it. */
export function useAct() {
  const t = useText();
  return useMutation({
    mutationFn: ({ method, path, body }: Act) => request(method, path, { body }),
    onSuccess: async (_, { done }) => {
      toast(done);
      await refreshSettings();
    },
    onError: (error) => toast(wordsOf(error, t), { tone: 'failed' }),
  });
}
