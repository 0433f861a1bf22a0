import { useMutation } from '@tanstack/react-query';
import { ApiError } from '../../../api/api-error.ts';
import { wordsOf } from '../../../api/error-words.ts';
import { type Method, request } from '../../../api/request.ts';
import { useText } from '../../../ui/text.tsx';
import { toast } from '../../../ui/toast.ts';
import { refreshSettings } from './settings-queries.ts';

type Act = {
  method: Method;
  path: string;
  body?: unknown;
  done: string;
  /** Why the desk may say that it is too late for this. */
  refused?: string;
};

/** One press that asks the desk to do something, and says what came of it; errors too, unless a field says them. */
export function useAct({ saysErrors = true } = {}) {
  const t = useText();
  return useMutation({
    mutationFn: ({ method, path, body }: Act) => request(method, path, { body }),
    onSuccess: async (_, { done }) => {
      toast(done);
      await refreshSettings();
    },
    onError: (error, { refused }) => {
      if (!saysErrors) return;
      const late = error instanceof ApiError && error.code === 'conflict' ? refused : undefined;
      toast(late ?? wordsOf(error, t), { tone: 'failed' });
    },
  });
}
