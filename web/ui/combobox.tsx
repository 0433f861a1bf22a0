import { Check, ChevronDown } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { cx } from './cx.ts';
import { Field, type FieldWords, inputLook } from './field.tsx';
import { rankMatches } from './filter.ts';
import { Icon } from './icon.tsx';
import { floatLook, optionLook } from './menu-look.ts';
import type { Option } from './select.tsx';
import { useText } from './text.tsx';
import { useOptions } from './use-options.ts';

type ComboboxProps = FieldWords & {
  value: string | undefined;
  onChange: (value: string) => void;
  options: readonly Option[];
  placeholder?: string;
};

/** One of many, found by typing. */
export function Combobox({ value, onChange, options, placeholder, ...words }: ComboboxProps) {
  const [open, setOpen] = useState(false);
  const chosen = options.find((option) => option.value === value);
  const choose = (next: string) => {
    onChange(next);
    setOpen(false);
  };
  return (
    <Field {...words}>
      {(wiring) => (
        <Popover.Root open={open} onOpenChange={setOpen}>
          <Popover.Trigger
            {...wiring}
            type="button"
            className={cx(inputLook, 'flex min-h-(--control) items-center justify-between gap-2 text-start')}
          >
            <span className={cx('truncate', !chosen && 'text-ink-3')}>{chosen?.label ?? placeholder}</span>
            <Icon of={ChevronDown} className="text-ink-3" />
          </Popover.Trigger>
          <Popover.Portal>
            <Popover.Content
              align="start"
              sideOffset={4}
              collisionPadding={8}
              aria-label={words.label}
              className={cx(floatLook, 'w-(--radix-popover-trigger-width) min-w-60')}
            >
              <Finder label={words.label} options={options} value={value} onChoose={choose} />
            </Popover.Content>
          </Popover.Portal>
        </Popover.Root>
      )}
    </Field>
  );
}

type FinderProps = {
  label: string;
  options: readonly Option[];
  value?: string;
  onChoose: (value: string) => void;
};

const most = 100;

function Finder({ label, options, value, onChoose }: FinderProps) {
  const t = useText();
  const [query, setQuery] = useState('');
  const found = rankMatches(options, query, (option) => option.label).slice(0, most);
  const list = useOptions(label, found.length, (index) => found[index] && onChoose(found[index].value));
  return (
    <>
      <input
        {...list.inputProps}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          list.setActive(0);
        }}
        aria-label={label}
        placeholder={t('ui.find')}
        className="mb-1 min-h-8 w-full rounded-[4px] bg-sunken px-2 outline-offset-0"
      />
      <div {...list.listProps} className="max-h-64 overflow-y-auto">
        {found.map((option, index) => (
          <div
            key={option.value}
            {...list.optionProps(index)}
            lang={option.lang}
            ref={index === list.active ? scrollIntoSight : undefined}
            className={optionLook}
          >
            {option.mark}
            <span className="truncate">{option.label}</span>
            {option.value === value && <Icon of={Check} className="ms-auto text-signal" />}
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="px-2 py-3 text-ink-3">{t('ui.nothing_found')}</p>}
    </>
  );
}

function scrollIntoSight(element: HTMLElement | null) {
  element?.scrollIntoView({ block: 'nearest' });
}
