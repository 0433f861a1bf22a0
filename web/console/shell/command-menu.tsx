import { useNavigate, useRouterState } from '@tanstack/react-router';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { wordsOf } from '../../api/error-words.ts';
import { type Command, commandLayers, isOffered, keysOf, listCommands } from '../../ui/commands.ts';
import { Floating, FloatingTitle } from '../../ui/dialog.tsx';
import { rankMatches } from '../../ui/filter.ts';
import type { Translate } from '../../ui/formats.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { optionLook } from '../../ui/menu-look.ts';
import { useStore } from '../../ui/store.ts';
import { useText } from '../../ui/text.tsx';
import { useOptions } from '../../ui/use-options.ts';
import { FoundRow } from './found-row.tsx';
import { commandMenuOpen, menuSeeks } from './panels.ts';
import { forgetTyped, typedAhead } from './typed-ahead.tsx';
import { type FoundTicket, shownTickets, useFoundTickets } from './use-found-tickets.ts';

const look =
  'fixed z-40 inset-x-3 top-[12vh] mx-auto flex max-h-[70vh] max-w-xl flex-col overflow-hidden rounded-md bg-raised shadow-float animate-appear outline-none';

const narrowing = 'status:open tag:refund created>2026-11-01';

/** Everything that can be done here, found by name, and tickets, found by their words; each act teaches its key. */
export function CommandMenu() {
  const t = useText();
  const open = useStore(commandMenuOpen);
  const seeks = useStore(menuSeeks);
  const close = () => commandMenuOpen.set(false);
  return (
    <Floating open={open} onClose={close} described={false} look={look}>
      <FloatingTitle className="sr-only">
        {t(seeks === 'tickets' ? 'shell.search' : 'shell.command_menu')}
      </FloatingTitle>
      <Chooser onDone={close} ticketsOnly={seeks === 'tickets'} />
    </Floating>
  );
}

function Chooser({ onDone, ticketsOnly }: { onDone: () => void; ticketsOnly: boolean }) {
  const t = useText();
  useStore(commandLayers);
  const [query, setQuery] = useState(typedAhead.get().query);
  const offered = ticketsOnly ? [] : listCommands().filter(isOffered);
  const commands = rankMatches(offered, query, (command) => `${command.label} ${command.group}`);
  const search = useFoundTickets(query);
  const hits = search.found?.items ?? [];
  const openTicket = useOpenTicket();
  const runs = [...commands.map(({ run }) => run), ...hits.map((hit) => () => openTicket(hit))];
  const choose = (index: number) => {
    if (index >= runs.length) return;
    onDone();
    // The menu gives the focus back first, so that a command may move it.
    setTimeout(() => runs[index]?.());
  };
  const list = useOptions(t('shell.commands'), runs.length, choose);
  useTypedAhead(() => choose(0));
  const hurry = useHurry(search.waiting, () => choose(commands.length));
  return (
    <>
      <input
        {...list.inputProps}
        onKeyDown={(event) => {
          // The tickets on screen answer to what was typed before.
          if (search.waiting && (list.active < 0 || list.active >= commands.length) && hurry(event)) return;
          list.inputProps.onKeyDown(event);
        }}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          list.setActive(0);
        }}
        aria-label={t(ticketsOnly ? 'shell.search' : 'shell.command_menu')}
        placeholder={t(ticketsOnly ? 'shell.search' : 'shell.command_placeholder')}
        className="min-h-12 w-full border-b border-line bg-transparent px-4 text-body outline-none"
      />
      <div {...list.listProps} className="min-h-0 overflow-y-auto p-1.5 empty:p-0">
        {commands.map((command, index) => (
          <Choice key={command.id} list={list} index={index}>
            <CommandRow command={command} />
          </Choice>
        ))}
        {hits.map((hit, index) => (
          <Choice key={hit.ticket.id} list={list} index={commands.length + index}>
            <FoundRow hit={hit} />
          </Choice>
        ))}
      </div>
      <Foot search={search} query={query} empty={runs.length === 0} ticketsOnly={ticketsOnly} />
    </>
  );
}

type ChoiceProps = { list: ReturnType<typeof useOptions>; index: number; children: ReactNode };

function Choice({ list, index, children }: ChoiceProps) {
  return (
    <div
      {...list.optionProps(index)}
      ref={index === list.active ? (row) => row?.scrollIntoView({ block: 'nearest' }) : undefined}
      className={optionLook}
    >
      {children}
    </div>
  );
}

type FootProps = {
  search: ReturnType<typeof useFoundTickets>;
  query: string;
  empty: boolean;
  ticketsOnly: boolean;
};

/** How many tickets there are, that there is nothing, or how to ask. */
function Foot({ search: { found, error, waiting }, query, empty, ticketsOnly }: FootProps) {
  const t = useText();
  const words = () => {
    if (error) return wordsOf(error, t);
    if (found && found.count > 0) return countWords(found.count, t);
    if (query.trim() === '') return ticketsOnly && narrowing;
    return empty && !waiting && t(ticketsOnly ? 'shell.found_nothing' : 'ui.nothing_found');
  };
  return (
    <p role="status" className="figures px-4 pt-1.5 pb-2.5 text-dense text-ink-3 empty:hidden">
      {words()}
    </p>
  );
}

function countWords(n: number, t: Translate): string {
  const all = t('shell.found', { n });
  return n > shownTickets ? `${all} · 1–${shownTickets}` : all;
}

/** Within the view that is open, so that the way back leads there. */
function useOpenTicket() {
  const navigate = useNavigate();
  const here = useRouterState({ select: ({ location }) => location });
  return ({ ticket }: FoundTicket) => {
    const [, view] = /^\/inbox\/([^/]+)/.exec(here.pathname) ?? [];
    const href = view ? `/inbox/${view}/${ticket.id}${here.searchStr}` : `/tickets/${ticket.id}`;
    void navigate({ href });
  };
}

/** An Enter while the tickets are on their way is pressed when they are here. */
function useHurry(waiting: boolean, press: () => void) {
  const [hurried, setHurried] = useState(false);
  const latest = useRef(press);
  latest.current = press;
  useEffect(() => {
    if (!hurried || waiting) return;
    setHurried(false);
    latest.current();
  }, [hurried, waiting]);
  return (event: KeyboardEvent): boolean => {
    const pressed = event.key === 'Enter' && !event.nativeEvent.isComposing;
    setHurried(pressed);
    if (pressed) event.preventDefault();
    return pressed;
  };
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
