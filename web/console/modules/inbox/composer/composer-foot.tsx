import { ChevronDown, Paperclip } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { IconButton } from '../../../../ui/icon-button.tsx';
import { Menu } from '../../../../ui/menu.tsx';
import { useText } from '../../../../ui/text.tsx';
import type { DraftKind } from './draft.ts';
import type { SendStatus } from './outgoing.ts';

type ComposerFootProps = {
  kind: DraftKind;
  ready: boolean;
  onFiles: (files: Iterable<File>) => void;
  onSend: (status: SendStatus) => void;
};

/** Files at the start, sending at the end; the status it leaves behind is chosen with it. */
export function ComposerFoot({ kind, ready, onFiles, onSend }: ComposerFootProps) {
  const t = useText();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="flex items-center gap-1">
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          if (event.target.files) onFiles(event.target.files);
          event.target.value = '';
        }}
      />
      <IconButton
        icon={Paperclip}
        label={t('ticket.attach')}
        onClick={() => input.current?.click()}
        className="-ms-2"
      />
      <span className="flex-1" />
      <Menu
        side="top"
        align="end"
        trigger={
          <Button kind="quiet" icon={ChevronDown} disabled={!ready} className="px-2">
            {t('ticket.send_as')}
          </Button>
        }
        items={[
          {
            label: t(`ticket.send.${kind}_solved`),
            keys: 'Mod+Shift+Enter',
            onSelect: () => onSend('solved'),
          },
          {
            label: t(`ticket.send.${kind}_pending`),
            keys: 'Mod+Alt+Enter',
            onSelect: () => onSend('pending'),
          },
        ]}
      />
      <Button kind="primary" keys="Mod+Enter" disabled={!ready} onClick={() => onSend(undefined)}>
        {t(`ticket.send.${kind}`)}
      </Button>
    </div>
  );
}
