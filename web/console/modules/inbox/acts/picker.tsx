import { Check } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Ticket } from '../../../../../server/modules/tickets/contract.ts';
import { Floating, FloatingTitle } from '../../../../ui/dialog.tsx';
import { rankMatches } from '../../../../ui/filter.ts';
import { Icon } from '../../../../ui/icon.tsx';
import { Kbd } from '../../../../ui/kbd.tsx';
import { optionLook } from '../../../../ui/menu.tsx';
import { useText } from '../../../../ui/text.tsx';
import { useOptions } from '../../../../ui/use-options.ts';
import type { Acts } from './use-acts.ts';

/** What every picker is given: the tickets that are meant, and what can be done to them. */
export type PartProps = { tickets: readonly Ticket[]; acts: Acts; onClose: () => void };

export type Choice = {
  value: string;
  label: string;
  /** Also found by these words. */
  also?: string;
  note?: string;
  mark?: ReactNode;
  chosen?: boolean;
  keys?: string;
};

type PickerProps = {
  title: string;
  choices: readonly Choice[];
  onChoose: (value: string, reason?: string) => void;
  onClose: () => void;
  /** Offers room for why, which the timeline tells. */
  asksWhy?: boolean;
  /** Stays open for several choices. */
  several?: boolean;
  /** Offers what was typed when nothing is called that. */
  make?: (query: string) => Choice | undefined;
  onQuery?: (query: string) => void;
  /** In the empty box, where it is not only for finding. */
  hint?: string;
};

const listKeys = new Set(['ArrowDown', 'ArrowUp', 'Enter']);

const look =
  'fixed z-40 inset-x-3 top-[16vh] mx-auto flex max-h-[60vh] max-w-sm flex-col overflow-hidden rounded-md bg-raised shadow-float animate-appear outline-none';

/** One property by keyboard or pointer: type, arrows, Enter. */
export function Picker(props: PickerProps) {
  return (
    <Floating open onClose={props.onClose} described={false} look={look}>
      <FloatingTitle className="px-4 pt-3 text-dense text-ink-3">{props.title}</FloatingTitle>
      <Chooser {...props} />
    </Floating>
  );
}

function Chooser({ title, choices, onChoose, onClose, asksWhy, several, make, onQuery, hint }: PickerProps) {
  const t = useText();
  const [query, setQuery] = useState('');
  const [reason, setReason] = useState('');
  const ask = (words: string) => {
    setQuery(words);
    onQuery?.(words);
  };
  const found = rankMatches(choices, query, (choice) => `${choice.label} ${choice.also ?? ''}`).slice(0, 60);
  const made = query.trim() ? make?.(query.trim()) : undefined;
  const all = made ? [...found, made] : found;
  const list = useOptions(title, all.length, (index) => {
    const choice = all[index];
    if (!choice) return;
    onChoose(choice.value, reason.trim() || undefined);
    if (!several) onClose();
    else if (query) ask('');
  });
  return (
    <>
      <input
        {...list.inputProps}
        value={query}
        onChange={(event) => {
          ask(event.target.value);
          list.setActive(0);
        }}
        aria-label={title}
        placeholder={hint ?? t('ui.find')}
        className="min-h-10 w-full border-b border-line bg-transparent px-4 text-body outline-none"
      />
      <div {...list.listProps} className="min-h-0 overflow-y-auto p-1.5">
        {all.map((choice, index) => (
          <div
            key={choice.value}
            {...list.optionProps(index)}
            ref={index === list.active ? (row) => row?.scrollIntoView({ block: 'nearest' }) : undefined}
            className={optionLook}
          >
            {choice.mark}
            <bdi className="shrink-[0.2] truncate">{choice.label}</bdi>
            {choice.note && <bdi className="min-w-0 truncate text-dense text-ink-3">{choice.note}</bdi>}
            {choice.chosen && <Icon of={Check} className="ms-auto text-signal" />}
            {choice.keys && !choice.chosen && <Kbd keys={choice.keys} />}
          </div>
        ))}
      </div>
      {all.length === 0 && (query || !hint) && (
        <p className="px-4 pb-4 text-ink-2">{t('ui.nothing_found')}</p>
      )}
      {asksWhy && (
        <input
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          // The list is chosen from here, too; the other keys of a list move within the words.
          onKeyDown={(event) => listKeys.has(event.key) && list.inputProps.onKeyDown(event)}
          maxLength={500}
          dir="auto"
          aria-label={t('ticket.reason')}
          placeholder={t('ticket.reason')}
          className="min-h-10 w-full border-t border-line bg-transparent px-4 text-body outline-none"
        />
      )}
    </>
  );
}
