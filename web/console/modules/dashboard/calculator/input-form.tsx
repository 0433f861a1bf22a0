import { useState } from 'react';
import { Checkbox } from '../../../../ui/checkbox.tsx';
import { useText } from '../../../../ui/text.tsx';
import { TextArea, TextField } from '../../../../ui/text-field.tsx';
import type { Input, Json } from './examples.ts';
import { wordsOfInput } from './key-words.ts';
import { numberIn } from './number-in.ts';

type FormProps = {
  input: Input;
  /** Path of a field to what the desk says is wrong with it. */
  fields: Record<string, string>;
  onChange: (input: Input) => void;
  path?: string;
};

/** A field for each plain value, a group for each object; lists are written as JSON. A key without words of ours stands as it is. */
export function InputForm({ input, fields, onChange, path = '' }: FormProps) {
  const t = useText();
  return (
    <div className="grid gap-3 tablet:grid-cols-2">
      {Object.entries(input).map(([key, value]) => {
        const here = path + key;
        const set = (next: Json) => onChange({ ...input, [key]: next });
        const error = fields[here] ?? deeper(fields, here);
        const words = wordsOfInput(key, t) ?? key;
        if (isGroup(value)) {
          return (
            <fieldset key={key} className="col-span-full rounded-md bg-sunken p-3">
              <legend className="sr-only">{words}</legend>
              <p aria-hidden="true" className="mb-2 text-dense font-strong text-ink-2">
                {words}
              </p>
              <InputForm input={value} fields={fields} onChange={set} path={`${here}.`} />
            </fieldset>
          );
        }
        return <Leaf key={key} name={words} value={value} error={error} onChange={set} />;
      })}
    </div>
  );
}

const isGroup = (value: Json): value is Input =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A fault inside a list is shown at the list, with where it lies. */
function deeper(fields: Record<string, string>, here: string): string | undefined {
  const found = Object.entries(fields).find(([path]) => path.startsWith(`${here}.`));
  return found && `${found[0]}: ${found[1]}`;
}

type LeafProps = { name: string; value: Json; error?: string; onChange: (value: Json) => void };

function Leaf({ name, value, error, onChange }: LeafProps) {
  if (typeof value === 'boolean') return <Checkbox label={name} checked={value} onChange={onChange} />;
  if (Array.isArray(value)) return <ListField name={name} value={value} error={error} onChange={onChange} />;
  return <ValueField name={name} value={value} error={error} onChange={onChange} />;
}

/** Keeps what is typed, such as "1." on the way to 1.5; and a number stays one, however it is emptied meanwhile. */
function ValueField({ name, value, error, onChange }: LeafProps) {
  const [isNumber] = useState(typeof value === 'number');
  const [typed, setTyped] = useState('');
  const read = (text: string) => (isNumber ? numberIn(text) : text);
  return (
    <TextField
      label={name}
      value={read(typed) === value ? typed : value === null ? '' : String(value)}
      inputMode={isNumber ? 'decimal' : undefined}
      onChange={(text) => {
        setTyped(text);
        onChange(read(text));
      }}
      error={error}
      dir="ltr"
    />
  );
}

/** Keeps what is typed until it is JSON again, so that half a list is not lost. */
function ListField({ name, value, error, onChange }: LeafProps) {
  const t = useText();
  const [text, setText] = useState(() => JSON.stringify(value, null, 1));
  const [wrong, setWrong] = useState<string>();
  const change = (next: string) => {
    setText(next);
    try {
      onChange(JSON.parse(next) as Json);
      setWrong(undefined);
    } catch (fault) {
      setWrong(t('dashboard.calculator.not_json', { why: fault instanceof Error ? fault.message : '' }));
    }
  };
  return (
    <div className="col-span-full">
      <TextArea
        label={name}
        value={text}
        onChange={change}
        error={wrong ?? error}
        dir="ltr"
        rows={3}
        spellCheck={false}
        className="max-h-96 font-mono"
      />
    </div>
  );
}
