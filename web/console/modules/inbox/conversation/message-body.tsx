import { ImageOff } from 'lucide-react';
import { useState } from 'react';
import type { Message } from '../../../../../server/modules/tickets/contract.ts';
import { Icon } from '../../../../ui/icon.tsx';
import { useText } from '../../../../ui/text.tsx';
import { Attachments } from './attachments.tsx';
import { Fold } from './fold.tsx';
import { needsFrame } from './mail-document.ts';
import { MailFrame } from './mail-frame.tsx';
import { WrittenText } from './written-text.tsx';

/** The words of a message, with what was quoted, signed and attached. */
export function MessageBody({ message }: { message: Message }) {
  const t = useText();
  const [pictures, setPictures] = useState(false);
  if (message.redacted) return <p className="text-ink-3">{t('ticket.redacted')}</p>;
  const framed = needsFrame(message.html);
  const title = t('ticket.mail_of', { name: message.authorName });
  const frame = { messageId: message.id, attachments: message.attachments, pictures, title };
  return (
    <>
      {framed && message.html !== null ? (
        <MailFrame html={message.html} {...frame} />
      ) : (
        <WrittenText text={message.text} />
      )}
      {framed && message.remoteImages > 0 && (
        <RemotePictures count={message.remoteImages} shown={pictures} onShow={() => setPictures(true)} />
      )}
      {message.signature && (
        <Fold label={t('ticket.signature')}>
          <WrittenText text={message.signature} />
        </Fold>
      )}
      {(message.quoteHtml || message.quoteText) && (
        <Fold label={t('ticket.quote')}>
          {needsFrame(message.quoteHtml) ? (
            <MailFrame part="quote" html={message.quoteHtml} {...frame} />
          ) : (
            <WrittenText text={message.quoteText ?? ''} />
          )}
        </Fold>
      )}
      <Attachments files={message.attachments.filter((file) => !(framed && file.inline))} />
    </>
  );
}

/** Pictures from elsewhere wait until a reader asks: fetching one tells the sender that the mail was looked at. */
function RemotePictures({ count, shown, onShow }: { count: number; shown: boolean; onShow: () => void }) {
  const t = useText();
  return (
    <p className="mt-2 flex items-start gap-2 text-dense text-ink-3">
      <Icon of={ImageOff} className="mt-0.5" />
      <span>
        {t(shown ? 'ticket.pictures_shown' : 'ticket.pictures_blocked', { n: count })}
        {!shown && (
          <button
            type="button"
            onClick={onShow}
            className="ms-2 min-h-6 text-signal underline-offset-3 hover:underline"
          >
            {t('ticket.pictures_show', { n: count })}
          </button>
        )}
      </span>
    </p>
  );
}
