import { useState } from 'react';
import { useText } from '../../../../ui/text.tsx';
import { TextField } from '../../../../ui/text-field.tsx';

export const isAddress = (text: string): boolean => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text);

/** The people in copy from this message on. */
export function CopyField({ ccs, onChange }: { ccs: string[]; onChange: (ccs: string[]) => void }) {
  const t = useText();
  const [text, setText] = useState(ccs.join(', '));
  const wrong = listOf(text).find((address) => !isAddress(address));
  return (
    <div className="py-1">
      <TextField
        label={t('ticket.cc')}
        labelHidden
        value={text}
        placeholder={t('ticket.cc_placeholder')}
        error={wrong && t('ticket.cc_wrong', { address: wrong })}
        onChange={(next) => {
          setText(next);
          onChange(listOf(next));
        }}
      />
    </div>
  );
}

const listOf = (text: string): string[] => text.split(/[\s,;，；]+/u).filter(Boolean);
