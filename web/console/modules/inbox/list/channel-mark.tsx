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

/** Where it came from; `iconOnly` keeps the word for screen readers and on hover. */
export function ChannelMark({
  channel,
  iconOnly,
  className,
}: {
  channel: Ticket['channel'];
  iconOnly?: boolean;
  className?: string;
}) {
  const word = useText()(`ticket.channel.${channel}`);
  return (
    <span
      title={iconOnly ? word : undefined}
      className={cx('inline-flex items-center gap-1.5 whitespace-nowrap text-ink-3', className)}
    >
      <Icon of={icons[channel]} />
      <span className={iconOnly ? 'sr-only' : undefined}>{word}</span>
    </span>
  );
}
