import {
  isEditable,
  isFloating,
  isSingleKey,
  parseKeys,
  readStroke,
  type Stroke,
  sameStroke,
} from './keys.ts';
import { createStore } from './store.ts';

/** Something the user can do now: one entry gives the command menu, the key and the shortcut sheet. */
export type Command = {
  id: string;
  label: string;
  /** Heading in the command menu and the shortcut sheet. */
  group: string;
  /** See `parseKeys`; two ways to the same thing are two strings. */
  keys?: string | readonly string[];
  /** Keys that are a focused thing's own, such as Enter or an arrow: here only while nothing has the focus. */
  restingKeys?: string | readonly string[];
  run: () => void;
  /** False for moves that make no sense by name (next row); asked as the menu opens where it depends on the ticket. */
  inMenu?: boolean | (() => boolean);
  /** With Mod only: works while typing, too. */
  inFields?: boolean;
};

export type CommandLayer = { commands: readonly Command[] };

const layers = createStore<readonly CommandLayer[]>([]);
export const commandLayers = layers;

export function addLayer(layer: CommandLayer): () => void {
  layers.set((now) => [...now, layer]);
  return () => layers.set((now) => now.filter((other) => other !== layer));
}

/** Tells menus that a layer's words or keys changed; a fresh `run` alone needs no telling. */
export const announceLayers = (): void => layers.set((now) => [...now]);

/** All commands, the newest layer first; a screen's key wins over the shell's. */
export function listCommands(): Command[] {
  return [...layers.get()].reverse().flatMap((layer) => layer.commands);
}

const listOf = (keys: string | readonly string[] = []): readonly string[] =>
  typeof keys === 'string' ? [keys] : keys;

export const keysOf = ({ keys }: Command): readonly string[] => listOf(keys);

/** Those of a focused thing, too: wherever they work, they do the same. */
export const allKeysOf = ({ keys, restingKeys }: Command): readonly string[] => [
  ...listOf(keys),
  ...listOf(restingKeys),
];

/** What the menu shows now. */
export const isOffered = ({ inMenu }: Command): boolean =>
  typeof inMenu === 'function' ? inMenu() : inMenu !== false;

const sequenceMs = 1200;

/** Listens on the window until the returned function is called. */
export function listenForKeys(singleKeysOn: () => boolean): () => void {
  let pending: Stroke[] = [];
  let pressedAt = 0;
  const onKeyDown = (event: KeyboardEvent) => {
    const stroke = event.defaultPrevented ? undefined : readStroke(event);
    if (!stroke) return;
    if (event.timeStamp - pressedAt > sequenceMs) pending = [];
    pressedAt = event.timeStamp;
    const { command, waiting } = findCommand([...pending, stroke], event.target, singleKeysOn());
    pending = waiting ? [...pending, stroke] : [];
    if (command || waiting) event.preventDefault();
    command?.run();
  };
  window.addEventListener('keydown', onKeyDown);
  return () => window.removeEventListener('keydown', onKeyDown);
}

/** Where the focus is when it is on nothing in particular. */
const restingPlaces = 'body, [data-resting]';

type Found = { command?: Command; waiting: boolean };

/** The command that these strokes reach, or whether a longer sequence begins with them. */
function findCommand(strokes: Stroke[], target: EventTarget | null, singleKeysOn: boolean): Found {
  const typing = isEditable(target);
  const floating = isFloating(target);
  const resting = target instanceof Element && target.matches(restingPlaces);
  for (const command of listCommands()) {
    for (const keys of resting ? [...keysOf(command), ...listOf(command.restingKeys)] : keysOf(command)) {
      const wanted = parseKeys(keys);
      if (!singleKeysOn && wanted.some(isSingleKey)) continue;
      if ((typing || floating) && !command.inFields) continue;
      if (!strokes.every((stroke, i) => wanted[i] && sameStroke(stroke, wanted[i]))) continue;
      return wanted.length === strokes.length ? { command, waiting: false } : { waiting: true };
    }
  }
  return { waiting: false };
}
