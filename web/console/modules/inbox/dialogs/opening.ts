import type { Ticket } from '../../../../../server/modules/tickets/contract.ts';
import type { Channel } from '../filters.ts';

export type Who = 'on_behalf' | 'proactive';

/** What the form of a new ticket holds. */
export type Opening = {
  who: Who;
  email: string;
  name: string;
  subject: string;
  text: string;
  channel: Channel;
  inbox: string | undefined;
};

/** A follow-up begins with what its closed ticket knows; the desk usually writes it. */
export const beginOpening = (follows?: Ticket): Opening => ({
  who: follows ? 'proactive' : 'on_behalf',
  email: '',
  name: '',
  subject: follows?.subject ?? '',
  text: '',
  channel: follows && follows.channel !== 'api' ? follows.channel : 'phone',
  inbox: follows?.inboxId ? String(follows.inboxId) : undefined,
});

/** Whether anything was written that would be missed. */
export const isBegun = ({ email, name, subject, text }: Opening, follows?: Ticket): boolean =>
  [email, name, text].some((words) => words.trim() !== '') || subject !== beginOpening(follows).subject;

/** What the desk is asked: the same person and language, and the link to the ticket before. */
export function bodyOf({ who, email, name, subject, text, channel, inbox }: Opening, follows?: Ticket) {
  const person = { email: email.trim(), ...(name.trim() ? { name: name.trim() } : {}) };
  return {
    subject,
    requester: follows ? { id: follows.requesterId } : person,
    message: { text, author: who === 'on_behalf' ? ('customer' as const) : ('agent' as const) },
    channel: who === 'proactive' ? ('email' as const) : channel,
    origin: who,
    ...(inbox ? { inboxId: Number(inbox) } : {}),
    ...(follows ? { followUpOf: follows.id } : {}),
    ...(follows?.language ? { language: follows.language } : {}),
  };
}
