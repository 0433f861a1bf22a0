import { CircleAlert, Lock } from 'lucide-react';
import { Avatar } from '../../../../ui/avatar.tsx';
import { Button } from '../../../../ui/button.tsx';
import { cx } from '../../../../ui/cx.ts';
import { Icon } from '../../../../ui/icon.tsx';
import { useText } from '../../../../ui/text.tsx';
import { useCommands } from '../../../../ui/use-commands.ts';
import { WrittenText } from '../conversation/written-text.tsx';
import { askToCompose } from './compose-ask.ts';
import { MissedDialog } from './missed-dialog.tsx';
import type { Outgoing } from './outgoing.ts';
import { sendAgain, takeBack } from './send.ts';

/** What the desk has not confirmed: shown as sent, and kept with its words when it was not. */
export function OutgoingList({ items }: { items: readonly Outgoing[] }) {
  return items.map((one) => <OutgoingItem key={one.key} one={one} />);
}

function OutgoingItem({ one }: { one: Outgoing }) {
  const t = useText();
  const failed = one.state === 'failed';
  return (
    <article
      aria-label={one.authorName}
      className={cx(
        'mx-2 rounded-md px-2 py-3 tablet:px-3',
        one.kind === 'note' ? 'bg-note' : 'bg-agent inset-ring inset-ring-line/70',
      )}
    >
      <header className="mb-1.5 flex items-center gap-2">
        <Avatar name={one.authorName} />
        <bdi className="truncate font-strong">{one.authorName}</bdi>
        {one.kind === 'note' && (
          <span className="inline-flex items-center gap-1 text-dense text-ink-2">
            <Icon of={Lock} />
            {t('ticket.note')}
          </span>
        )}
        <span className="ms-auto text-dense text-ink-3">{!failed && t('ticket.delivery.sending')}</span>
      </header>
      <div className="tablet:ps-9">
        <WrittenText text={one.draft.text} />
        {one.draft.attachments.length > 0 && (
          <p className="mt-2 text-dense text-ink-3">
            <bdi>{one.draft.attachments.map((file) => file.fileName).join(', ')}</bdi>
          </p>
        )}
        {failed && <NotSent one={one} />}
      </div>
      {one.state === 'missed' && <MissedDialog one={one} />}
    </article>
  );
}

/** What went wrong, and the two ways on: the same again, or back into the box. */
function NotSent({ one }: { one: Outgoing }) {
  const t = useText();
  const again = () => sendAgain(one, t, { force: false });
  const back = () => {
    takeBack(one);
    askToCompose(one.kind, one.ticketId);
  };
  useCommands([
    {
      id: `send.again.${one.key}`,
      group: t('inbox.group.ticket'),
      label: t('ticket.send_again'),
      run: again,
    },
    { id: `send.back.${one.key}`, group: t('inbox.group.ticket'), label: t('ticket.back_to_box'), run: back },
  ]);
  return (
    <div role="alert" className="mt-2 flex flex-wrap items-center gap-2 text-dense">
      <p className="flex min-w-0 items-start gap-2 text-late">
        <Icon of={CircleAlert} className="mt-0.5 shrink-0" />
        {t('ticket.not_sent', { why: one.why })}
      </p>
      <Button className="min-h-7" onClick={again}>
        {t('ui.retry')}
      </Button>
      <Button kind="quiet" className="min-h-7" onClick={back}>
        {t('ticket.back_to_box')}
      </Button>
    </div>
  );
}
