import { wordsOf } from '../../../../api/error-words.ts';
import { type Column, Table } from '../../../../ui/table.tsx';
import { BigFigure } from '../big-figure.tsx';
import type { Entry } from '../figure-queries.ts';
import { type FigureWords, useFigureWords } from '../figure-words.ts';
import type { Input, Json } from './examples.ts';
import { wordsOfOutput } from './key-words.ts';

type ResultProps = {
  id: string;
  entry: Entry | undefined;
  answer: Input | undefined;
  error: unknown;
  /** By the path of each field, what is wrong with it. */
  fields: Record<string, string>;
};
type Row = { key: string; value: Json };

/** What came out: the headline, the steps that lead to it, and every key of the answer. */
export function Result({ entry, answer, error, fields }: ResultProps) {
  const words = useFigureWords();
  const { t } = words;
  if (error) return <Fault error={error} fields={fields} />;
  if (!answer) return <p className="text-ink-3">{t('dashboard.calculator.none')}</p>;
  const steps = stepsOf(answer, entry, words);
  const headline = headlineOf(answer, words);
  const columns: Column<Row>[] = [
    {
      id: 'key',
      title: t('dashboard.calculator.key'),
      names: true,
      cell: ({ key }) => <Twofold words={wordsOfOutput(key, t)} raw={key} />,
    },
    {
      id: 'value',
      title: t('dashboard.value'),
      figures: true,
      cell: ({ key, value }) => <Twofold words={valueWords(key, value, words)} raw={writeOf(value)} />,
    },
  ];
  return (
    <section aria-live="polite" className="rounded-md bg-raised px-4 py-3">
      <h2 className="text-dense text-ink-2">{t('dashboard.calculator.result')}</h2>
      {headline && <BigFigure text={headline} />}
      {steps.length > 0 && (
        <>
          <h3 className="mt-2 text-dense text-ink-2">{t('dashboard.calculator.steps')}</h3>
          <ol className="figures mb-3 ms-4 list-decimal">
            {steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </>
      )}
      <Table
        caption={t('dashboard.calculator.result')}
        columns={columns}
        rows={Object.entries(answer).map(([key, value]) => ({ key, value }))}
        rowKey={({ key }) => key}
      />
    </section>
  );
}

/** In words, and under them as it is published. */
function Twofold({ words, raw }: { words: string | null; raw: string }) {
  if (words === null || words === raw) return <code className="font-normal break-all">{raw}</code>;
  return (
    <>
      <span className="block font-normal">{words}</span>
      <code className="break-all text-dense font-normal text-ink-3">{raw}</code>
    </>
  );
}

/** Null where there is nothing to say that the value does not say itself. */
function valueWords(key: string, value: Json, words: FigureWords): string | null {
  const { t, formats } = words;
  if (value === null) return '—';
  if (typeof value === 'boolean') return t(value ? 'ui.yes' : 'ui.no');
  if (typeof value === 'string') return key === 'display' ? displayed(value, words) : value;
  if (Array.isArray(value)) return null;
  if (typeof value === 'object') {
    const parts = Object.entries(value);
    const known = parts.every(([, part]) => part === null || typeof part !== 'object');
    const tell = ([name, part]: [string, Json]) =>
      `${wordsOfOutput(name, t) ?? name} ${valueWords(name, part, words)}`;
    return known && parts.length > 0 ? parts.map(tell).join(' · ') : null;
  }
  return key.endsWith('Seconds') ? formats.duration(value) : formats.number(value, 6);
}

function Fault({ error, fields: faults }: Pick<ResultProps, 'error' | 'fields'>) {
  const { t } = useFigureWords();
  const fields = Object.entries(faults);
  return (
    <div role="alert" className="rounded-md bg-late-well px-4 py-3">
      <p className="font-strong">{fields.length > 0 ? t('dashboard.calculator.wrong') : wordsOf(error, t)}</p>
      <ul className="mt-1 grid gap-1 text-dense">
        {fields.map(([path, why]) => (
          <li key={path}>
            <code>{path}</code>: {why}
          </li>
        ))}
      </ul>
    </div>
  );
}

const numberIn = (answer: Input, key: string): number | null =>
  typeof answer[key] === 'number' ? (answer[key] as number) : null;

function headlineOf(answer: Input, words: FigureWords): string | null {
  const { formats } = words;
  if (typeof answer.display === 'string') return displayed(answer.display, words);
  const mean = numberIn(answer, 'meanSeconds') ?? numberIn(answer, 'businessSeconds');
  if (mean !== null) return formats.duration(mean);
  for (const key of ['value', 'end', 'backlog', 'distinct', 'total', 'mean']) {
    const number = numberIn(answer, key);
    if (number !== null) return formats.number(number, 2);
  }
  return null;
}

/** The API writes `94.0%`; the reader's language may write it otherwise. */
function displayed(display: string, words: FigureWords): string {
  if (/^[+−-].*(%|pp)$/.test(display) || display === 'new') return words.change(display);
  const [, percent] = /^(\d+\.\d)%$/.exec(display) ?? [];
  return percent === undefined ? display : words.plain('percent', Number(percent));
}

/** The arithmetic in the order in which it is done: counts, their quotient, the one rounding. */
function stepsOf(answer: Input, entry: Entry | undefined, words: FigureWords): string[] {
  const { t, formats } = words;
  const [num, den] = [numberIn(answer, 'num'), numberIn(answer, 'den')];
  if (num !== null && den !== null) {
    const top = entry ? `${t(entry.numeratorId)} = ` : '';
    const below = entry?.denominatorId ? `${t(entry.denominatorId)} = ` : '';
    const exact = den === 0 ? '—' : formats.number((100 * num) / den, 6);
    return [
      `${top}${formats.number(num)}`,
      `${below}${formats.number(den)}`,
      `${formats.number(num)} ÷ ${formats.number(den)} × 100 = ${exact}`,
      `${exact} → ${displayed(String(answer.display), words)}`,
    ];
  }
  const [sum, n] = [numberIn(answer, 'sumSeconds') ?? numberIn(answer, 'sum'), numberIn(answer, 'n')];
  if (sum === null || n === null || n === 0) return [];
  return [`Σ = ${formats.number(sum)}`, `n = ${formats.number(n)}`, `Σ ÷ n = ${formats.number(sum / n, 3)}`];
}

const writeOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
