import { useEffect, useMemo, useRef, useState } from 'react';
import type { Attachment } from '../../../../../server/modules/tickets/contract.ts';
import { giveFaces } from '../../../../ui/frame-faces.ts';
import { useText } from '../../../../ui/text.tsx';
import { mailDocument } from './mail-document.ts';

type MailFrameProps = {
  messageId: number;
  /** Names this part of the message. */
  part?: string;
  html: string;
  attachments: readonly Attachment[];
  pictures: boolean;
  title: string;
};

const heights = new Map<string, number>();
const tallest = 20_000;

/**
 * A mail in a frame that can run nothing: without `allow-scripts`, being of our origin gives it no power and
 * lets us measure it.
 */
export function MailFrame({ messageId, part = '', html, attachments, pictures, title }: MailFrameProps) {
  const t = useText();
  const id = `${messageId}${part}`;
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(heights.get(id) ?? 80);
  const pictureWord = t('ticket.picture');
  const page = useMemo(
    () => mailDocument({ messageId, html, attachments, pictures, pictureWord }),
    [messageId, html, attachments, pictures, pictureWord],
  );
  const stop = useRef<() => void>(undefined);
  useEffect(() => () => stop.current?.(), []);
  const follow = () => {
    stop.current?.();
    const body = frame.current?.contentDocument?.body;
    if (!body) return;
    void giveFaces(body.ownerDocument);
    const measure = () => {
      const next = Math.min(tallest, Math.ceil(body.getBoundingClientRect().height) + 2);
      heights.set(id, next);
      setHeight(next);
    };
    const seen = new ResizeObserver(measure);
    seen.observe(body);
    const forward = (event: KeyboardEvent) => passKey(event);
    body.ownerDocument.addEventListener('keydown', forward);
    stop.current = () => {
      seen.disconnect();
      body.ownerDocument.removeEventListener('keydown', forward);
    };
    measure();
  };
  return (
    <iframe
      ref={frame}
      title={title}
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      srcDoc={page}
      onLoad={follow}
      style={{ height, colorScheme: 'light' }}
      className="block w-full rounded-md bg-[oklch(0.993_0.003_85)] inset-ring inset-ring-line"
    />
  );
}

/** The desk's keys go on working while the focus is inside a mail. */
function passKey({ key, code, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent) {
  window.dispatchEvent(
    new KeyboardEvent('keydown', { key, code, ctrlKey, metaKey, shiftKey, altKey, bubbles: true }),
  );
}
