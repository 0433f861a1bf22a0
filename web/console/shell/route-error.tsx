import { QueryClientProvider } from '@tanstack/react-query';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { queryClient } from '../../api/client.ts';
import { wordsOf } from '../../api/error-words.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { useText } from '../../ui/text.tsx';
import { Spoken } from './root.tsx';

/** A screen that could not open; also stands in for the root, so it brings its own language. */
export function RouteError(props: ErrorComponentProps) {
  return (
    <QueryClientProvider client={queryClient}>
      <Spoken>
        <Failure {...props} />
      </Spoken>
    </QueryClientProvider>
  );
}

function Failure({ error, reset }: ErrorComponentProps) {
  const t = useText();
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <ErrorState
      what={t('shell.screen_failed')}
      why={wordsOf(error, t)}
      safe={t('shell.screen_failed.safe')}
      onRetry={retry}
    />
  );
}
