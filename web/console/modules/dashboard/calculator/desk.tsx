import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../../../../api/api-error.ts';
import { faultWords, wordsOf } from '../../../../api/error-words.ts';
import { request } from '../../../../api/request.ts';
import { Button } from '../../../../ui/button.tsx';
import type { Translate } from '../../../../ui/formats.ts';
import { Segmented } from '../../../../ui/segmented.tsx';
import { useText } from '../../../../ui/text.tsx';
import { TextArea } from '../../../../ui/text-field.tsx';
import { toast } from '../../../../ui/toast.ts';
import type { Entry } from '../figure-queries.ts';
import { useDashboard } from '../use-dashboard.ts';
import { type Example, examples, type Input } from './examples.ts';
import { canFill, fillFromDesk } from './fill-from-desk.ts';
import { InputForm } from './input-form.tsx';
import { Result } from './result.tsx';

/** Input on one side, result with its steps on the other. */
export function Desk({ id, entry }: { id: string; entry: Entry | undefined }) {
  const t = useText();
  const { query, period } = useDashboard();
  const known = examples[id] ?? [];
  const [chosen, setChosen] = useState(known[0]?.name ?? '');
  const [as, setAs] = useState<'form' | 'json'>('form');
  const [text, setText] = useState(() => write(known[0]?.input ?? {}));
  /** A form made anew shows what was filled in, not what stood there. */
  const [filled, setFilled] = useState(0);
  const parsed = read(text);
  const run = useMutation({
    mutationFn: (input: Input) => request<Input>('POST', `/kpis/${id}/calculate`, { body: input }),
  });
  const fill = useMutation({
    mutationFn: () => fillFromDesk(id, query),
    onSuccess: (input) => {
      setFilled((times) => times + 1);
      setText(write(input));
      toast(t('dashboard.calculator.filled', { period: t(`dashboard.period.${period}`) }));
      run.mutate(input);
    },
    onError: (error) => toast(wordsOf(error, t), { tone: 'failed' }),
  });
  const take = (name: string) => {
    setChosen(name);
    setText(write(known.find((example: Example) => example.name === name)?.input ?? {}));
    run.reset();
  };
  const fields = faultsIn(run.error, t);
  return (
    <div className="grid grid-cols-1 items-start gap-x-10 gap-y-6 desk:grid-cols-2">
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (parsed.input) run.mutate(parsed.input);
        }}
      >
        <div className="flex flex-wrap items-center gap-3">
          {known.length > 1 && (
            <Segmented
              label={t('dashboard.calculator.example')}
              value={chosen}
              onChange={take}
              options={known.map(({ name }) => ({
                value: name,
                label: t(`dashboard.calculator.example.${name}`),
              }))}
            />
          )}
          <Segmented
            label={t('dashboard.calculator.as')}
            value={as}
            onChange={setAs}
            options={(['form', 'json'] as const).map((value) => ({
              value,
              label: t(`dashboard.calculator.as.${value}`),
            }))}
          />
        </div>
        {as === 'form' && parsed.input ? (
          <InputForm
            key={`${chosen} ${filled}`}
            input={parsed.input}
            fields={fields}
            onChange={(next) => setText(write(next))}
          />
        ) : (
          <TextArea
            label={t('dashboard.calculator.input')}
            value={text}
            onChange={setText}
            rows={12}
            dir="ltr"
            spellCheck={false}
            className="font-mono"
            error={
              parsed.why === undefined ? undefined : t('dashboard.calculator.not_json', { why: parsed.why })
            }
          />
        )}
        <div className="flex flex-wrap gap-2">
          <Button kind="primary" type="submit" busy={run.isPending} disabled={!parsed.input}>
            {t('dashboard.calculator.run')}
          </Button>
          {canFill(id) && (
            <Button busy={fill.isPending} onClick={() => fill.mutate()}>
              {t('dashboard.calculator.fill')}
            </Button>
          )}
        </div>
      </form>
      <Result id={id} entry={entry} answer={run.data} error={run.error} fields={fields} />
    </div>
  );
}

/** By the path of each field, what is wrong with it, in the reader's language. */
function faultsIn(error: unknown, t: Translate): Record<string, string> {
  const paths = error instanceof ApiError ? Object.keys(error.fields) : [];
  return Object.fromEntries(paths.map((path) => [path, faultWords(error, path, 0, t) ?? '']));
}

const write = (input: Input): string => JSON.stringify(input, null, 2);

function read(text: string): { input?: Input; why?: string } {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { input: value as Input };
    return { why: '{ … }' };
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
}
