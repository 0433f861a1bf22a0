import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../../../../api/api-error.ts';
import { faultWords } from '../../../../api/error-words.ts';
import { useText } from '../../../../ui/text.tsx';
import { toast } from '../../../../ui/toast.ts';
import { refreshSettings } from '../settings-queries.ts';
import { clashesOf, equal, without } from './changes.ts';

export type RecordOptions<D> = {
  /** As the desk has it; may be renewed while the form is open. */
  kept: D;
  save: (draft: D) => Promise<unknown>;
  /** What the desk has now, asked for when somebody else saved first. */
  reread?: () => Promise<D | null>;
  onSaved?: () => void;
};

/**
 * A form over one record. Only what a person wrote is held here and the rest follows the desk, so that somebody
 * else's change to another field is neither lost nor in the way. What is written stays until it is saved.
 */
export function useRecordForm<D extends object>({ kept, save, reread, onSaved }: RecordOptions<D>) {
  const t = useText();
  const [changes, setChanges] = useState<Partial<D>>({});
  const [theirs, setTheirs] = useState<{ draft: D; clashes: (keyof D & string)[] } | null>(null);
  const draft: D = { ...kept, ...changes };
  const mutation = useMutation({
    mutationFn: () => save(draft),
    onMutate: () => setTheirs(null),
    onSuccess: async () => {
      await refreshSettings();
      setChanges({});
      toast(t('ui.saved'));
      onSaved?.();
    },
    onError: async (error) => {
      const now = isConflict(error) ? await reread?.() : null;
      if (now) setTheirs({ draft: now, clashes: clashesOf(kept, changes, now) });
    },
  });
  return {
    draft,
    theirs,
    error: mutation.error,
    busy: mutation.isPending,
    dirty: !equal(draft, kept),
    set: (part: Partial<D>) => setChanges((now) => ({ ...now, ...part })),
    takeTheirs: () => {
      setChanges((mine) => without(mine, theirs?.clashes ?? []));
      setTheirs((now) => now && { ...now, clashes: [] });
    },
    submit: () => mutation.mutate(),
    /** What is wrong with a field, or with anything inside it; `path` is the desk's where it differs. */
    fault: (name: keyof D & string, path: string = name, value: unknown = draft[name]): string | undefined =>
      faultWords(mutation.error, path, value, t),
  };
}

export type RecordForm<D extends object> = ReturnType<typeof useRecordForm<D>>;

const isConflict = (error: unknown) => error instanceof ApiError && error.code === 'conflict';
