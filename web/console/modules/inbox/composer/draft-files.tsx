import { Paperclip, X } from 'lucide-react';
import type { Attachment } from '../../../../../server/modules/tickets/contract.ts';
import { Icon } from '../../../../ui/icon.tsx';
import { useText } from '../../../../ui/text.tsx';
import { useSizeWords } from '../conversation/attachments.tsx';

type DraftFilesProps = {
  files: readonly Attachment[];
  underWay: readonly string[];
  onRemove: (key: string) => void;
};

const chip = 'flex max-w-72 items-center gap-1.5 rounded-md bg-sunken py-0.5 ps-2 pe-1 text-dense';

/** Files that will go with the message, and those still on their way to the desk. */
export function DraftFiles({ files, underWay, onRemove }: DraftFilesProps) {
  const t = useText();
  const size = useSizeWords();
  if (files.length === 0 && underWay.length === 0) return null;
  return (
    <ul aria-label={t('ticket.attachments')} className="flex flex-wrap gap-1.5 py-1">
      {files.map((file) => (
        <li key={file.key} className={chip}>
          <Icon of={Paperclip} className="text-ink-3" />
          <bdi className="truncate">{file.fileName}</bdi>
          <span className="figures shrink-0 text-ink-3">{size(file.size)}</span>
          <button
            type="button"
            aria-label={t('ticket.remove_file', { name: file.fileName })}
            onClick={() => onRemove(file.key)}
            className="grid size-6 place-items-center rounded-[4px] hover:bg-line"
          >
            <Icon of={X} />
          </button>
        </li>
      ))}
      {[...new Set(underWay)].map((name) => (
        <li key={name} className={`${chip} pe-2 text-ink-3`}>
          <Icon of={Paperclip} />
          <bdi className="truncate">{name}</bdi>
          {t('ticket.uploading')}
        </li>
      ))}
    </ul>
  );
}
