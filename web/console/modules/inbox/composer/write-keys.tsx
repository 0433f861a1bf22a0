import { useText } from '../../../../ui/text.tsx';
import { useCommands } from '../../../../ui/use-commands.ts';
import { askToCompose } from './compose-ask.ts';
import type { DraftKind } from './draft.ts';

/** In the list: the keys that open the ticket and go into its box at once. */
export function WriteKeys({ id, openTicket }: { id: number; openTicket: (id: number) => void }) {
  const t = useText();
  const write = (kind: DraftKind, keys: string) => ({
    id: `ticket.${kind}`,
    group: t('inbox.group.ticket'),
    label: t(`ticket.write_${kind}`),
    keys,
    inMenu: false,
    run: () => {
      askToCompose(kind, id);
      openTicket(id);
    },
  });
  useCommands([write('reply', 'R'), write('note', 'N')]);
  return null;
}
