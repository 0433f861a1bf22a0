import { FileDown } from 'lucide-react';
import { apiUrl } from '../../../../api/request.ts';
import { Icon } from '../../../../ui/icon.tsx';
import { useText } from '../../../../ui/text.tsx';
import { Tooltip } from '../../../../ui/tooltip.tsx';

/** The mail byte for byte, as it came or went. */
export function RawLink({ path }: { path: string }) {
  const words = useText()('settings.mail.raw');
  return (
    <Tooltip text={words} side="top">
      <a
        href={apiUrl(path)}
        download
        aria-label={words}
        className="-my-1 -me-1 grid size-6 shrink-0 place-items-center self-center rounded-[4px] text-ink-3 hover:bg-sunken hover:text-ink"
      >
        <Icon of={FileDown} />
      </a>
    </Tooltip>
  );
}
