import { File, FileArchive, FileImage, FileText, type LucideIcon } from 'lucide-react';
import type { Attachment } from '../../../../../server/modules/tickets/contract.ts';
import { Icon } from '../../../../ui/icon.tsx';
import { useFormats, useText } from '../../../../ui/text.tsx';
import { fileUrl, pictureUrl } from './mail-document.ts';

const pictures = /^image\/(png|jpe?g|gif|webp)$/;

function iconOf(type: string): LucideIcon {
  if (type.startsWith('image/')) return FileImage;
  if (/zip|compressed|tar/.test(type)) return FileArchive;
  return /^text\/|pdf|word|document/.test(type) ? FileText : File;
}

/** A size a person reads: kB up to a megabyte, then MB. */
export function useSizeWords(): (bytes: number) => string {
  const t = useText();
  const formats = useFormats();
  return (bytes) =>
    bytes < 1_000_000
      ? t('ticket.kilobytes', { n: formats.number(Math.max(1, Math.round(bytes / 1000))) })
      : t('ticket.megabytes', { n: formats.number(bytes / 1_000_000) });
}

/** The files of a message; those that stand inside its text are left out. */
export function Attachments({ files }: { files: readonly Attachment[] }) {
  const t = useText();
  const size = useSizeWords();
  if (files.length === 0) return null;
  return (
    <ul aria-label={t('ticket.attachments')} className="mt-3 flex flex-wrap gap-2">
      {files.map((file) => (
        <li key={file.key} className="max-w-full">
          <a
            href={fileUrl(file.key)}
            target="_blank"
            rel="noopener noreferrer"
            title={`${file.fileName} (${file.contentType})`}
            className="flex max-w-72 items-center gap-2 rounded-md py-1 ps-2 pe-3 text-dense text-ink no-underline inset-ring inset-ring-line hover:bg-sunken hover:no-underline"
          >
            {pictures.test(file.contentType) ? (
              <img
                src={pictureUrl(file.key)}
                alt=""
                loading="lazy"
                className="size-8 rounded-[4px] object-cover"
              />
            ) : (
              <Icon of={iconOf(file.contentType)} className="text-ink-3" />
            )}
            <bdi className="truncate">{file.fileName}</bdi>
            <span className="figures shrink-0 text-ink-3">{size(file.size)}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
