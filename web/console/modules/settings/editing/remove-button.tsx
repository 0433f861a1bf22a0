import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { wordsOf } from '../../../../api/error-words.ts';
import { request } from '../../../../api/request.ts';
import { Button } from '../../../../ui/button.tsx';
import { useText } from '../../../../ui/text.tsx';
import { toast } from '../../../../ui/toast.ts';
import { refreshSettings } from '../settings-queries.ts';

type RemoveProps = { path: string; label?: string; onRemoved?: () => void };

/** Deletes on the second press: the first one turns into the question. */
export function RemoveButton({ path, label, onRemoved }: RemoveProps) {
  const t = useText();
  const [asked, setAsked] = useState(false);
  const remove = useMutation({
    mutationFn: () => request('DELETE', path),
    onSuccess: async () => {
      onRemoved?.();
      await refreshSettings();
    },
    onError: (error) => {
      setAsked(false);
      toast(wordsOf(error, t), { tone: 'failed' });
    },
  });
  return (
    <Button
      kind="grave"
      busy={remove.isPending}
      onBlur={() => setAsked(false)}
      onClick={() => (asked ? remove.mutate() : setAsked(true))}
    >
      {asked ? t('settings.remove.sure') : (label ?? t('settings.remove'))}
    </Button>
  );
}
