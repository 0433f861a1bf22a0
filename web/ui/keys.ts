/** One press: a position on the keyboard and what was held with it. */
export type Stroke = { code: string; mod: boolean; shift: boolean; alt: boolean };

type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' | 'isComposing'
>;

const symbolCodes: Record<string, string> = {
  '/': 'Slash',
  '.': 'Period',
  ',': 'Comma',
  '[': 'BracketLeft',
  ']': 'BracketRight',
  '#': 'Digit3',
  ':': 'Semicolon',
  '↑': 'ArrowUp',
  '↓': 'ArrowDown',
  '←': 'ArrowLeft',
  '→': 'ArrowRight',
  Esc: 'Escape',
};

/** `'C'`, `'Shift+J'`, `'Mod+K'`, `'?'`, `'G I'` (one after the other). Mod is Ctrl, or ⌘ on a Mac. */
export function parseKeys(keys: string): Stroke[] {
  return keys.split(' ').map((press) => {
    const parts = press.split('+');
    const name = parts.pop() ?? '';
    const held = (modifier: string) => parts.includes(modifier);
    if (name === '?') return { code: 'Slash', mod: held('Mod'), shift: true, alt: held('Alt') };
    return { code: codeOf(name), mod: held('Mod'), shift: held('Shift'), alt: held('Alt') };
  });
}

function codeOf(name: string): string {
  if (/^[A-Z]$/.test(name)) return `Key${name}`;
  if (/^\d$/.test(name)) return `Digit${name}`;
  return symbolCodes[name] ?? name;
}

/**
 * What was pressed, or nothing while an input method composes. A Latin letter counts as itself, so that
 * rearranged Latin layouts work; any other script counts by position, so that Cyrillic and Chinese do.
 */
export function readStroke(event: KeyPress): Stroke | undefined {
  if (event.isComposing || ['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return undefined;
  const latin = /^[a-z]$/i.test(event.key);
  const code = latin ? `Key${event.key.toUpperCase()}` : event.key === 'Enter' ? 'Enter' : event.code;
  // These two are themselves wherever a layout has them, and with whatever it asks for.
  const asks = event.key === '?';
  const slash = asks || event.key === '/';
  return {
    code: slash ? 'Slash' : code,
    mod: event.ctrlKey || event.metaKey,
    shift: slash ? asks : event.shiftKey,
    alt: event.altKey,
  };
}

export const sameStroke = (a: Stroke, b: Stroke): boolean =>
  a.code === b.code && a.mod === b.mod && a.shift === b.shift && a.alt === b.alt;

/** Single keys are those that typing could hit: letters, digits and signs without Ctrl, ⌘ or Alt. */
export const isSingleKey = ({ code, mod, alt }: Stroke): boolean =>
  !mod && !alt && /^(Key|Digit|Slash|Period|Comma|Bracket|Semicolon)/.test(code);

const editable =
  'input:not([type=checkbox],[type=radio],[type=button]),textarea,select,[contenteditable],[role=textbox]';

export function isEditable(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(editable) !== null;
}

/** Dialogs, menus and lists that float have their own keys. */
export function isFloating(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('[role=dialog],[role=alertdialog],[role=menu],[role=listbox]') !== null
  );
}
