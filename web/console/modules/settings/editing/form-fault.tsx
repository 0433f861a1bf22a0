import { useEffect, useRef } from 'react';
import { wordsOf } from '../../../../api/error-words.ts';
import { Button } from '../../../../ui/button.tsx';
import { useText } from '../../../../ui/text.tsx';
import type { RecordForm } from './use-record-form.ts';

type Written<V> = string | [name: string, write: (value: V) => string];
export type Said<D extends object> = { [F in keyof D & string]?: Written<D[F]> };

type FaultProps<D extends object> = { form: RecordForm<D>; said: Said<D> };

/** Why saving failed; after somebody else's change, what they wrote where both did, and the way to take it. */
export function FormFault<D extends object>({ form, said }: FaultProps<D>) {
  const t = useText();
  const box = useRef<HTMLDivElement>(null);
  const { error, theirs } = form;
  useEffect(() => {
    if (error) box.current?.scrollIntoView({ block: 'nearest' });
  }, [error]);
  if (!error) return null;
  return (
    <div
      ref={box}
      role="alert"
      className={theirs ? 'rounded-md bg-due-well px-3 py-2' : 'rounded-md bg-late-well px-3 py-2'}
    >
      {!theirs && <p>{wordsOf(error, t)}</p>}
      {theirs && theirs.clashes.length === 0 && <p>{t('settings.conflict.merged')}</p>}
      {theirs && theirs.clashes.length > 0 && (
        <>
          <p>{t('settings.conflict')}</p>
          <dl className="my-2 grid grid-cols-[auto_1fr] gap-x-3 text-dense">
            {theirs.clashes.map((name) => (
              <Clash key={name} written={said[name]} value={theirs.draft[name]} />
            ))}
          </dl>
          <Button onClick={form.takeTheirs}>{t('settings.conflict.take')}</Button>
        </>
      )}
    </div>
  );
}

function Clash<V>({ written, value }: { written: Written<V> | undefined; value: V }) {
  const [name, write] = Array.isArray(written) ? written : [written, plain];
  return (
    <div className="contents">
      <dt className="text-ink-2">{name}</dt>
      <dd className="min-w-0 break-words whitespace-pre-line">
        <bdi>{write(value) || '—'}</bdi>
      </dd>
    </div>
  );
}

const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null));
