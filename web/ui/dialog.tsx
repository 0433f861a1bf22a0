import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { cx } from './cx.ts';
import { giveBack } from './give-back.ts';
import { IconButton } from './icon-button.tsx';
import { useText } from './text.tsx';

type DialogProps = {
  open: boolean;
  onClose: () => void;
  title: string;
  /** One sentence under the title, read out with it. */
  description?: string;
  children: ReactNode;
  /** Buttons, the main one last. */
  footer?: ReactNode;
  wide?: boolean;
};

const panelLook = 'fixed z-40 flex flex-col bg-raised shadow-float outline-none animate-appear';

export function Dialog({ open, onClose, title, description, children, footer, wide }: DialogProps) {
  return (
    <Floating
      open={open}
      onClose={onClose}
      described={description !== undefined}
      look={cx(
        panelLook,
        'inset-x-3 top-[8vh] mx-auto max-h-[84vh] rounded-md',
        wide ? 'max-w-3xl' : 'max-w-lg',
      )}
    >
      <Head title={title} description={description} />
      <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>
      {footer && (
        <div className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">{footer}</div>
      )}
    </Floating>
  );
}

/** A panel at the inline end; under 768 px it takes the whole width. */
export function Drawer({ open, onClose, title, description, children, footer }: DialogProps) {
  return (
    <Floating
      open={open}
      onClose={onClose}
      described={description !== undefined}
      look={cx(panelLook, 'inset-y-0 end-0 w-full tablet:w-105')}
    >
      <Head title={title} description={description} />
      <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>
      {footer && (
        <div className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">{footer}</div>
      )}
    </Floating>
  );
}

type FloatingProps = {
  open: boolean;
  onClose: () => void;
  described: boolean;
  look: string;
  children: ReactNode;
};

/** The bare floating panel: veil, focus held inside and given back. Its children must hold a `Radix.Title`. */
export function Floating({ open, onClose, described, look, children }: FloatingProps) {
  const before = useRef<Element | null>(null);
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-veil" />
        <Radix.Content
          tabIndex={-1}
          onOpenAutoFocus={(event) => {
            before.current = document.activeElement;
            focusFirstField(event);
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            giveBack(before.current);
          }}
          className={look}
          {...(described ? {} : { 'aria-describedby': undefined })}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Focus starts in the first field, else on the panel itself, never on its close button. */
function focusFirstField(event: Event) {
  const panel = event.currentTarget as HTMLElement | null;
  event.preventDefault();
  const field = panel?.querySelector<HTMLElement>('input:not([type=hidden]),textarea,[contenteditable=true]');
  (field ?? panel)?.focus();
}

export const FloatingTitle = Radix.Title;

function Head({ title, description }: { title: string; description?: string }) {
  const t = useText();
  return (
    <div className="flex items-start gap-3 px-5 pt-4 pb-3">
      <div className="min-w-0 flex-1">
        <Radix.Title className="text-title">{title}</Radix.Title>
        {description && <Radix.Description className="mt-1 text-ink-2">{description}</Radix.Description>}
      </div>
      <Radix.Close asChild>
        <IconButton icon={X} label={t('ui.close')} keys="Esc" className="-me-2" />
      </Radix.Close>
    </div>
  );
}
