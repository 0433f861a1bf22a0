import { useQuery } from '@tanstack/react-query';
import { useText } from '../../../../ui/text.tsx';
import { isAddress } from '../composer/copy-field.tsx';
import { ticketQuery } from '../desk-queries.ts';
import { type Choice, type PartProps, Picker } from './picker.tsx';

/** The people in copy of one ticket: choosing one takes them out, an address that is written comes in. */
export function CopyPicker({ tickets, acts, onClose }: PartProps) {
  const t = useText();
  const id = tickets[0]?.id ?? 0;
  const { data: ticket } = useQuery({ ...ticketQuery(id), enabled: id > 0 });
  if (!ticket) return null;
  const now = ticket.ccs.flatMap(({ email }) => email ?? []);
  const choices: Choice[] = ticket.ccs.flatMap(({ name, email }) =>
    email ? [{ value: email, label: email, note: name === email ? undefined : name, chosen: true }] : [],
  );
  const make = (words: string): Choice | undefined => {
    const address = words.toLowerCase();
    if (!isAddress(address) || now.includes(address)) return undefined;
    return { value: address, label: t('ticket.copy_add', { address }) };
  };
  const choose = (address: string) =>
    now.includes(address)
      ? acts.copy(
          ticket,
          now.filter((one) => one !== address),
          t('ticket.copy_removed', { address }),
        )
      : acts.copy(ticket, [...now, address], t('ticket.copy_added', { address }));
  return (
    <Picker
      title={t('inbox.do.copy')}
      hint={t('ticket.copy_hint')}
      several
      choices={choices}
      onChoose={(address) => void choose(address)}
      make={make}
      onClose={onClose}
    />
  );
}
