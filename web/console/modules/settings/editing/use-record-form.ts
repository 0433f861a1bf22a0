import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../../../../api/api-error.ts';
import { fieldWords } from '../../../../api/error-words.ts';
import { useText } from '../../../../ui/text.tsx';
import { toast } from '../../../../ui/toast.ts';
import { refreshSettings } from '../settings-queries.ts';

export type Kept<D> = { draft: D; version?: number };

export type RecordOptions<D> = {
  /** As the desk has it; a new record has no version. */
  kept: Kept<D>;
  save: (draft: D, version: number | undefined) => Promise<unknown>;
  /** What the desk has now, asked for when somebody else saved first. */
  reread?: () => Promise<Kept<D> | null>;
  onSaved: () => void;
};

/** A draft of one record: what is typed stays until it is saved or thrown away, whatever the desk answers. */
export function useRecordForm<D extends object>({ kept, save, reread, onSaved }: RecordOptions<D>) {
  const t = useText();
  const [draft, setDraft] = useState(kept.draft);
  const [theirs, setTheirs] = useState<Kept<D> | null>(null);
  const mutation = useMutation({
    mutationFn: () => save(draft, theirs ? theirs.version : kept.version),
    onSuccess: async () => {
      await refreshSettings();
      toast(t('ui.saved'));
      onSaved();
    },
    onError: async (error) => {
      if (error instanceof ApiError && error.code === 'conflict') setTheirs((await reread?.()) ?? null);
    },
  });
  const start = theirs ?? kept;
  return {
    draft,
    theirs,
    error: mutation.error,
    busy: mutation.isPending,
    dirty: JSON.stringify(draft) !== JSON.stringify(start.draft),
    set: (part: Partial<D>) => setDraft((now) => ({ ...now, ...part })),
    takeTheirs: () => theirs && setDraft(theirs.draft),
    submit: () => mutation.mutate(),
    /** What is wrong with a field, or with anything inside it. */
    fault: (path: keyof D & string): string | undefined => {
      if (!(mutation.error instanceof ApiError)) return undefined;
      const { fields } = mutation.error;
      const at = path in fields ? path : Object.keys(fields).find((key) => key.startsWith(`${path}.`));
      if (at === undefined) return undefined;
      // The desk's bounds come as its checker words them; empty is what a person calls it.
      if (/^Too small/.test(fields[at] ?? ''))
        return t(isEmpty(draft[path]) ? 'errors.required' : 'errors.too_short');
      if (/^Too big/.test(fields[at] ?? '')) return t('errors.too_long');
      return fieldWords(mutation.error, at, t);
    },
  };
}

export type RecordForm<D extends object> = ReturnType<typeof useRecordForm<D>>;

const isEmpty = (value: unknown): boolean =>
  value === '' || value === null || (Array.isArray(value) && value.length === 0);
