import { Avatar } from '../../../../ui/avatar.tsx';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { useText } from '../../../../ui/text.tsx';
import { Time } from '../../../../ui/time.tsx';
import { WrittenText } from '../conversation/written-text.tsx';
import { askToCompose } from './compose-ask.ts';
import type { Outgoing } from './outgoing.ts';
import { sendAgain, takeBack } from './send.ts';

/** Somebody spoke first: their words are shown, and sending asks again. */
export function MissedDialog({ one }: { one: Outgoing }) {
  const t = useText();
  const back = () => {
    takeBack(one);
    askToCompose(one.kind, one.ticketId);
  };
  const said = one.missed.filter((message) => message.public && message.authorKind !== 'system');
  return (
    <Dialog
      open
      wide
      onClose={back}
      title={t('ticket.missed', { n: said.length })}
      description={t('ticket.missed.text')}
      footer={
        <>
          <Button onClick={() => sendAgain(one, t, { force: true })}>{t('ticket.send_anyway')}</Button>
          <Button kind="primary" onClick={back}>
            {t('ticket.back_to_text')}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        {said.map((message) => (
          <section key={message.id} className="rounded-md bg-sunken p-3">
            <p className="mb-1 flex items-center gap-2 text-dense text-ink-3">
              <Avatar name={message.authorName} size="small" />
              <bdi className="text-ink">{message.authorName}</bdi>
              <Time at={message.createdAt} className="ms-auto" />
            </p>
            <WrittenText text={message.text} />
          </section>
        ))}
        <section>
          <h3 className="mb-1 text-dense text-ink-3">{t('ticket.your_text')}</h3>
          <WrittenText text={one.draft.text} />
        </section>
      </div>
    </Dialog>
  );
}
