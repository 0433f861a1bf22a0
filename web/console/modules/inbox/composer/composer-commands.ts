import type { Command } from '../../../../ui/commands.ts';
import type { Translate } from '../../../../ui/formats.ts';
import type { DraftKind } from './draft.ts';
import type { SendStatus } from './outgoing.ts';

/** The keys of the box: they work while its words are written, so the command menu, which takes the focus, has none. */
export function composerCommands(
  kind: DraftKind,
  ask: (status: SendStatus) => () => void,
  focus: () => void,
  t: Translate,
): Command[] {
  const group = t(kind === 'note' ? 'ticket.write_note' : 'ticket.write_reply');
  const sending = (id: string, label: string, keys: string, status: SendStatus): Command => ({
    id: `compose.${id}`,
    group,
    label: t(label),
    keys,
    inFields: true,
    inMenu: false,
    run: ask(status),
  });
  return [
    sending('send', `ticket.send.${kind}`, 'Mod+Enter', undefined),
    sending('solve', `ticket.send.${kind}_solved`, 'Mod+Shift+Enter', 'solved'),
    sending('wait', `ticket.send.${kind}_pending`, 'Mod+Alt+Enter', 'pending'),
    // Typed as any other letter: the box offers names behind it.
    ...(kind === 'note'
      ? [{ id: 'compose.mention', group, label: t('ticket.mention'), keys: '@', inMenu: false, run: focus }]
      : []),
  ];
}
