import { useState } from 'react';
import { queryClient } from '../../../../api/client.ts';
import { request } from '../../../../api/request.ts';
import type { ListQuery } from '../settings-queries.ts';
import { differing } from './changes.ts';
import { useRecordForm } from './use-record-form.ts';

export type Kept = { id: number; version?: number };

export type RecordPlace<R extends Kept, D extends object> = {
  /** Null for a new one. */
  record: R | null;
  /** Where records of this kind live, such as `/teams`. */
  at: string;
  list: ListQuery<R>;
  draftOf: (record: R | null) => D;
  /** The API's own shape of the draft, where it differs. */
  bodyOf?: (draft: D, record: R | null) => object;
  /** What is saved after the record itself; repeated when it failed, so it must be safe to run twice. */
  after?: (saved: R, draft: D, opened: D) => Promise<unknown>;
};

/**
 * Opens one record of a list for writing. The version it was read with goes along; when it is stale, the record is
 * read again. A record whose saving stopped half way is known from then on, so that it is not made twice.
 */
export function useRecord<R extends Kept, D extends object>(place: RecordPlace<R, D>, onSaved: () => void) {
  const { at, list, draftOf, bodyOf = (draft: D) => draft, after } = place;
  const [known, setKnown] = useState(place.record);
  const [opened] = useState(() => draftOf(place.record));
  const write = (draft: D): Promise<R> => {
    if (!known) return request<R>('POST', at, { body: bodyOf(draft, null) });
    const { id, version } = known;
    const changed = differing(bodyOf(draftOf(known), known), bodyOf(draft, known));
    if (Object.keys(changed).length === 0) return Promise.resolve(known);
    return request<R>('PATCH', `${at}/${id}`, { body: version ? { ...changed, version } : changed });
  };
  return useRecordForm<D>({
    kept: known === place.record ? opened : draftOf(known),
    save: async (draft) => {
      const saved = await write(draft);
      setKnown(saved);
      await after?.(saved, draft, opened);
    },
    reread: async () => {
      const now = (await queryClient.fetchQuery(list)).find(({ id }) => id === known?.id);
      if (!now) return null;
      setKnown(now);
      return draftOf(now);
    },
    onSaved,
  });
}
