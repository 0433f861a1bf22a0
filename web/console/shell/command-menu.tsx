import { useEffect, useRef, useState } from 'react';
import { type Command, commandLayers, keysOf, listCommands } from '../../ui/commands.ts';
import { Floating, FloatingTitle } from '../../ui/dialog.tsx';
import { rankMatches } from '../../ui/filter.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { optionLook } from '../../ui/menu-look.ts';
import { useStore } from '../../ui/store.ts';
import { useText } from '../../ui/text.tsx';
import { useOptions } from '../../ui/use-options.ts';
import { commandMenuOpen } from './panels.ts';
import { forgetTyped, typedAhead } from './typed-ahead.tsx';

const look =
  'fixed z-40 inset-x-3 top-[12vh] mx-auto flex max-h-[70vh] max-w-xl flex-col overflow-hidden rounded-md bg-raised shadow-float animate-appear outline-none';

/** Everything that can be done here, found by name; each row teaches its key. */
export function CommandMenu() {
  const t = useText();
  const open = useStore(commandMenuOpen);
  const close = () => commandMenuOpen.set(false);
  return (
    <Floating open={open} onClose={close} described={false} look={look}>
      <FloatingTitle className="sr-only">{t('shell.command_menu')}</FloatingTitle>
      <Chooser onDone={close} />
    </Floating>
  );
}

function Chooser({ onDone }: { onDone: () => void }) {
  const t = useText();
  useStore(commandLayers);
  const [query, setQuery] = useState(typedAhead.get().query);
  const offered = listCommands().filter((command) => command.inMenu !== false);
  const found = rankMatches(offered, query, (command) => `${command.label} ${command.group}`);
  const choose = (index: number) => {
    onDone();
    // The menu gives the focus back first, so that a command may move it.
    setTimeout(() => found[index]?.run());
  };
  const list = useOptions(t('shell.commands'), found.length, choose);
  useTypedAhead(() => found.length > 0 && choose(0));
  return (
    <>
      <input
        {...list.inputProps}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          list.setActive(0);
        }}
        aria-label={t('shell.command_menu')}
        placeholder={t('shell.command_placeholder')}
        className="min-h-12 w-full border-b border-line bg-transparent px-4 text-body outline-none"
      />
      <div {...list.listProps} className="min-h-0 overflow-y-auto p-1.5">
        {found.map((command, index) => (
          <div
            key={command.id}
            {...list.optionProps(index)}
            ref={index === list.active ? (row) => row?.scrollIntoView({ block: 'nearest' }) : undefined}
            className={optionLook}
          >
            <CommandRow command={command} />
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="px-4 pb-4 text-ink-2">{t('ui.nothing_found')}</p>}
    </>
  );
}

/** An Enter that came before the menu did is pressed now. */
function useTypedAhead(press: () => void) {
  const first = useRef(press);
  useEffect(() => {
    const { chosen } = typedAhead.get();
    forgetTyped();
    if (chosen) first.current();
  }, []);
}

function CommandRow({ command }: { command: Command }) {
  const [keys] = keysOf(command);
  return (
    <>
      <span className="truncate">{command.label}</span>
      <span className="shrink-0 text-dense text-ink-3">{command.group}</span>
      {keys && <Kbd keys={keys} />}
    </>
  );
}
