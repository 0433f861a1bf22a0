import { wordsOf } from '../../../../api/error-words.ts';
import { Button } from '../../../../ui/button.tsx';
import { useText } from '../../../../ui/text.tsx';
import type { RecordForm } from './use-record-form.ts';

type FaultProps<D extends object> = { form: RecordForm<D>; labels: { [F in keyof D & string]?: string } };

/** Why saving failed; after somebody else's change, their values beside the way to take or overwrite them. */
export function FormFault<D extends object>({ form, labels }: FaultProps<D>) {
  const t = useText();
  if (!form.error) return null;
  const { theirs } = form;
  if (!theirs) {
    return (
      <p role="alert" className="rounded-md bg-late-well px-3 py-2">
        {wordsOf(form.error, t)}
      </p>
    );
  }
  const names = Object.keys(labels) as (keyof D & string)[];
  const differing = names.filter((name) => write(theirs.draft[name]) !== write(form.draft[name]));
  return (
    <div role="alert" className="rounded-md bg-due-well px-3 py-2">
      <p>{t('settings.conflict')}</p>
      <dl className="my-2 grid grid-cols-[auto_1fr] gap-x-3 text-dense">
        {differing.map((name) => (
          <div key={name} className="contents">
            <dt className="text-ink-2">{labels[name]}</dt>
            <dd className="min-w-0 break-words">
              <bdi>{write(theirs.draft[name]) || '—'}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <Button onClick={form.takeTheirs}>{t('settings.conflict.take')}</Button>
    </div>
  );
}

const write = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null));
