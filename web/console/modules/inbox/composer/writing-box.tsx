import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type Ref, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { parseKeys, readStroke, sameStroke } from '../../../../ui/keys.ts';
import { useText } from '../../../../ui/text.tsx';
import { useOptions } from '../../../../ui/use-options.ts';
import { useMe } from '../../../shell/use-me.ts';
import { staffQuery } from '../desk-queries.ts';
import { focusThread } from '../focus.ts';
import { MentionList } from './mention-list.tsx';
import { callOf, findColleagues, mentionQuery, writeMention } from './mentions.ts';

const undoStroke = parseKeys('Mod+Z')[0];

function isUndo(event: globalThis.KeyboardEvent): boolean {
  const stroke = readStroke(event);
  return stroke !== undefined && undoStroke !== undefined && sameStroke(stroke, undoStroke);
}

type WritingBoxProps = {
  ref: Ref<HTMLTextAreaElement>;
  text: string;
  label: string;
  placeholder: string;
  /** Whether an @ offers colleagues. */
  mentions: boolean;
  onChange: (text: string) => void;
  /** Takes back the last act; says whether there was one. */
  onUndo: () => boolean;
};

/** Where the words go: grows with them up to two fifths of the screen. */
export function WritingBox({ ref, text, label, placeholder, mentions, onChange, onUndo }: WritingBoxProps) {
  const t = useText();
  const own = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle(ref, () => own.current as HTMLTextAreaElement);
  const [caret, setCaret] = useState(0);
  const [goTo, setGoTo] = useState<number | null>(null);
  const me = useMe().user.id;
  const { data: staff = [] } = useQuery(staffQuery);
  const query = mentions ? mentionQuery(text, caret) : undefined;
  const people =
    query === undefined
      ? []
      : findColleagues(
          staff.filter((one) => one.active && one.id !== me),
          query,
        );
  const list = useOptions(t('ticket.colleagues'), people.length, (index) => {
    const person = people[index];
    if (!person) return;
    const written = writeMention(text, caret, callOf(person, staff));
    onChange(written.text);
    setCaret(written.caret);
    setGoTo(written.caret);
  });
  useLayoutEffect(() => {
    if (goTo === null) return;
    own.current?.setSelectionRange(goTo, goTo);
    setGoTo(null);
  }, [goTo]);
  const offering = people.length > 0;
  const onKeyDown = (event: KeyboardEvent) => {
    if (offering && !event.ctrlKey && !event.metaKey) {
      if (event.key === 'Escape') setCaret(0);
      else list.inputProps.onKeyDown(event);
    }
    // An empty box has nothing of its own to undo.
    if (text === '' && isUndo(event.nativeEvent) && onUndo()) event.preventDefault();
    if (event.key !== 'Escape') return;
    event.preventDefault();
    if (!offering) focusThread();
  };
  const { onKeyDown: _, ...combobox } = list.inputProps;
  return (
    <div className="relative">
      {offering && <MentionList people={people} list={list} />}
      <textarea
        ref={own}
        {...(offering ? combobox : {})}
        rows={2}
        dir="auto"
        value={text}
        aria-label={label}
        placeholder={placeholder}
        onChange={(event) => {
          onChange(event.target.value);
          setCaret(event.target.selectionStart);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
        className="field-sizing-content max-h-[40dvh] min-h-12 w-full resize-none bg-transparent py-1 text-body outline-none"
      />
    </div>
  );
}
