import { useQuery } from '@tanstack/react-query';
import { type ClipboardEvent, type DragEvent, useEffect, useRef, useState } from 'react';
import type { TicketDetail } from '../../../../../server/modules/tickets/contract.ts';
import { cx } from '../../../../ui/cx.ts';
import { useStore } from '../../../../ui/store.ts';
import { useText } from '../../../../ui/text.tsx';
import { undoLatest } from '../../../../ui/toast.ts';
import { useCommands } from '../../../../ui/use-commands.ts';
import { useMe } from '../../../shell/use-me.ts';
import { staffQuery } from '../desk-queries.ts';
import { newestPublicId } from '../ticket-cache.ts';
import { stopWriting, typed } from '../viewers/typing.ts';
import { composeAsk } from './compose-ask.ts';
import { composerCommands } from './composer-commands.ts';
import { ComposerFoot } from './composer-foot.tsx';
import { CopyField, isAddress } from './copy-field.tsx';
import { type DraftKind, draftOf, drafts, isEmpty, restoreDrafts, writeDraft } from './draft.ts';
import { DraftFiles } from './draft-files.tsx';
import { DraftNotice } from './draft-notice.tsx';
import { KindTabs } from './kind-tabs.tsx';
import { mentionedIds } from './mentions.ts';
import type { SendStatus } from './outgoing.ts';
import { send, takeBackSending } from './send.ts';
import { SendLaterLine } from './send-later-line.tsx';
import { useSendLater } from './use-send-later.ts';
import { useUploads } from './use-uploads.ts';
import { WritingBox } from './writing-box.tsx';

/** Reply or note, told apart by colour and by word; what is written is never lost. */
export function Composer({ ticket }: { ticket: TicketDetail }) {
  const t = useText();
  const box = useRef<HTMLTextAreaElement>(null);
  const [kind, setKind] = useState<DraftKind>('reply');
  const [copying, setCopying] = useState(false);
  useStore(drafts);
  const draft = draftOf(ticket.id, kind);
  const write = (change: Parameters<typeof writeDraft>[2]) => writeDraft(ticket.id, kind, change);
  const { underWay, uploadAll } = useUploads({
    onDone: (file) =>
      writeDraft(ticket.id, kind, { attachments: [...draftOf(ticket.id, kind).attachments, file] }),
    onFailed: () => later.drop(),
  });
  const later = useSendLater(underWay.length > 0, useSubmit(ticket, kind));
  const choose = (next: DraftKind) => {
    if (next !== kind) later.drop();
    setKind(next);
  };
  useRestored(ticket);
  useAsked(ticket.id, (asked) => {
    choose(asked);
    requestAnimationFrame(() => box.current?.focus());
  });

  const part = useRef<HTMLElement>(null);
  // Sent from where it is written alone: elsewhere the same keys would send what nobody looks at.
  const ask = (status: SendStatus) => () =>
    part.current?.contains(document.activeElement) && later.ask(status);
  useCommands(composerCommands(kind, ask, () => box.current?.focus(), t));
  const take = (event: ClipboardEvent | DragEvent, files: FileList | undefined) => {
    if (!files?.length) return;
    event.preventDefault();
    uploadAll(files);
  };
  return (
    <section
      aria-label={t(kind === 'note' ? 'ticket.write_note' : 'ticket.write_reply')}
      ref={part}
      onPaste={(event) => take(event, event.clipboardData.files)}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => take(event, event.dataTransfer.files)}
      className={cx('shrink-0 border-t border-line', kind === 'note' ? 'bg-note' : 'bg-raised')}
    >
      <div className="mx-auto max-w-3xl px-3 pt-1.5 pb-2 tablet:px-5">
        <KindTabs
          kind={kind}
          ticket={ticket}
          onKind={choose}
          copying={copying || draft.ccs !== null}
          onCopy={() => setCopying(true)}
        />
        {kind === 'reply' && (copying || draft.ccs !== null) && (
          <CopyField ccs={draft.ccs ?? emailsOf(ticket)} onChange={(ccs) => write({ ccs })} />
        )}
        <WritingBox
          ref={box}
          text={draft.text}
          label={t(kind === 'note' ? 'ticket.write_note' : 'ticket.write_reply')}
          placeholder={
            kind === 'note'
              ? t('ticket.note_placeholder')
              : t('ticket.reply_placeholder', { name: shortened(ticket.requesterName) })
          }
          mentions={kind === 'note'}
          onChange={(text) => {
            write({ text });
            typed(ticket.id, text.trim() ? kind : null);
          }}
          onUndo={() => takeBackSending(ticket.id) || undoLatest()}
        />
        <DraftFiles
          files={draft.attachments}
          underWay={underWay}
          onRemove={(key) => write({ attachments: draft.attachments.filter((file) => file.key !== key) })}
        />
        <DraftNotice ticketId={ticket.id} kind={kind} />
        {later.wished && <SendLaterLine onDrop={later.drop} />}
        <ComposerFoot
          kind={kind}
          ready={(!isEmpty(draft) || underWay.length > 0) && !later.wished}
          onFiles={uploadAll}
          onSend={later.ask}
        />
      </div>
    </section>
  );
}

/** A placeholder cannot be cut by style. */
const shortened = (name: string): string => (name.length > 40 ? `${name.slice(0, 39)}…` : name);

const emailsOf = (ticket: TicketDetail): string[] => ticket.ccs.flatMap(({ email }) => email ?? []);

function useSubmit(ticket: TicketDetail, kind: DraftKind) {
  const t = useText();
  const { name } = useMe().user;
  const { data: staff = [] } = useQuery(staffQuery);
  return (status: SendStatus) => {
    const draft = draftOf(ticket.id, kind);
    if (isEmpty(draft) || draft.ccs?.some((address) => !isAddress(address))) return;
    stopWriting();
    send(
      {
        key: crypto.randomUUID(),
        ticketId: ticket.id,
        kind,
        draft,
        status,
        mentions: kind === 'note' ? mentionedIds(draft.text, staff) : [],
        authorName: name,
        lastSeenMessageId: draft.seenId ?? newestPublicId(ticket.id) ?? undefined,
        statusBefore: ticket.status,
        writtenAt: new Date().toISOString(),
        state: 'sending',
        why: '',
        missed: [],
      },
      t,
    );
  };
}

function useRestored(ticket: TicketDetail) {
  useEffect(() => restoreDrafts(ticket), [ticket]);
}

const askedLatelyMs = 5000;

const isFor = (asked: ReturnType<typeof composeAsk.get>, ticketId: number): boolean =>
  asked?.ticketId === ticketId && performance.now() - asked.at < askedLatelyMs;

function useAsked(ticketId: number, answer: (kind: DraftKind) => void) {
  const asked = useStore(composeAsk);
  // What was asked of this ticket by its number may have been asked before its box was here.
  const answered = useRef(isFor(asked, ticketId) ? 0 : performance.now());
  useEffect(() => {
    if (!asked || asked.at <= answered.current) return;
    answered.current = asked.at;
    if (asked.ticketId !== undefined && asked.ticketId !== ticketId) return;
    composeAsk.set(null);
    answer(asked.kind);
  });
}
