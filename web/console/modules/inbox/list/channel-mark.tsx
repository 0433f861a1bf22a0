import {
  Braces,
  FileText,
  type LucideIcon,
  Mail,
  MessageCircle,
  MessageSquareText,
  Phone,
  Share2,
} from 'lucide-react';
import type { Ticket } from '../../../../../server/modules/tickets/contract.ts';
import { cx } from '../../../../ui/cx.ts';
import { Icon } from '../../../../ui/icon.tsx';
import { useText } from '../../../../ui/text.tsx';

const icons: Record<Ticket['channel'], LucideIcon> = {
  email: Mail,
  phone: Phone,
  chat: MessageCircle,
  form: FileText,
  social: Share2,
  sms: MessageSquareText,
  api: Braces,
};

/**
 * Where it came from; `iconOnly` keeps the words for screen readers and on hover. The inbox says more than its
 * channel, which the sign tells.
 */
export function ChannelMark({
  channel,
  inbox,
  iconOnly,
  className,
}: {
  channel: Ticket['channel'];
  inbox?: string;
  iconOnly?: boolean;
  className?: string;
}) {
  const word = useText()(`ticket.channel.${channel}`);
  return (
    <span
      title={inbox ? `${word} · ${inbox}` : iconOnly ? word : undefined}
      className={cx(
        'inline-flex items-center gap-1.5 whitespace-nowrap text-ink-3',
        inbox && !iconOnly && 'min-w-0',
        className,
      )}
    >
      <Icon of={icons[channel]} />
      <span className={iconOnly || inbox ? 'sr-only' : undefined}>{word}</span>
      {inbox && <bdi className={iconOnly ? 'sr-only' : 'truncate'}>{inbox}</bdi>}
    </span>
  );
}
