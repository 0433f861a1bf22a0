// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest';
import { addLayer, type Command, listenForKeys } from './commands.ts';
import { parseKeys, readStroke } from './keys.ts';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  document.body.innerHTML = '';
});

function offer(commands: Partial<Command>[], singleKeys = true) {
  const full = commands.map((c, i) => ({ id: `c${i}`, label: '', group: '', run: vi.fn(), ...c }));
  stops.push(
    addLayer({ commands: full }),
    listenForKeys(() => singleKeys),
  );
  return full.map((command) => command.run);
}

function press(key: string, code: string, extra: KeyboardEventInit = {}, target: Element = document.body) {
  target.dispatchEvent(
    new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true, ...extra }),
  );
}

test('a Cyrillic or Chinese layout presses the same keys by position', () => {
  const [claim] = offer([{ keys: 'C' }]);
  press('с', 'KeyC');
  press('Process', 'KeyC');
  expect(claim).toHaveBeenCalledTimes(2);
});

test('a rearranged Latin layout goes by the letter', () => {
  expect(readStroke(new KeyboardEvent('keydown', { key: 'c', code: 'KeyI' }))?.code).toBe('KeyC');
});

test('nothing runs while an input method composes', () => {
  const [claim] = offer([{ keys: 'C' }]);
  press('c', 'KeyC', { isComposing: true });
  expect(claim).not.toHaveBeenCalled();
});

test('single keys rest in text fields and dialogs; those marked for fields do not', () => {
  document.body.innerHTML = '<input><div role="dialog"><button>x</button></div>';
  const [claim, menu] = offer([{ keys: 'C' }, { keys: 'Mod+K', inFields: true }]);
  for (const target of document.querySelectorAll('input,button')) {
    press('c', 'KeyC', {}, target);
    press('k', 'KeyK', { ctrlKey: true }, target);
  }
  expect(claim).not.toHaveBeenCalled();
  expect(menu).toHaveBeenCalledTimes(2);
});

test('G then I goes to the inbox, G then something else does not', () => {
  const [inbox, claim] = offer([{ keys: 'G I' }, { keys: 'C' }]);
  press('g', 'KeyG');
  press('x', 'KeyX');
  press('i', 'KeyI');
  expect(inbox).not.toHaveBeenCalled();
  press('п', 'KeyG');
  press('ш', 'KeyI');
  expect(inbox).toHaveBeenCalledOnce();
  expect(claim).not.toHaveBeenCalled();
});

test('single keys can be switched off, keys with Ctrl and arrows stay', () => {
  const [claim, sheet, menu, down] = offer(
    [{ keys: 'C' }, { keys: '?' }, { keys: 'Mod+K' }, { keys: '↓' }],
    false,
  );
  press('c', 'KeyC');
  press('?', 'Slash', { shiftKey: true });
  press('k', 'KeyK', { metaKey: true });
  press('ArrowDown', 'ArrowDown');
  expect(claim).not.toHaveBeenCalled();
  expect(sheet).not.toHaveBeenCalled();
  expect(menu).toHaveBeenCalledOnce();
  expect(down).toHaveBeenCalledOnce();
});

test('the screen on top wins over the shell', () => {
  const [shell] = offer([{ keys: 'D' }]);
  const screen = vi.fn();
  stops.push(addLayer({ commands: [{ id: 'drill', label: '', group: '', keys: 'D', run: screen }] }));
  press('d', 'KeyD');
  expect(screen).toHaveBeenCalledOnce();
  expect(shell).not.toHaveBeenCalled();
});

test('keys are written as a reader would say them', () => {
  expect(parseKeys('Mod+Shift+L')).toEqual([{ code: 'KeyL', mod: true, shift: true, alt: false }]);
  expect(parseKeys('?')).toEqual([{ code: 'Slash', mod: false, shift: true, alt: false }]);
  expect(parseKeys('G I').map((stroke) => stroke.code)).toEqual(['KeyG', 'KeyI']);
});

test("Enter is a focused button's own; while nothing has the focus it is the screen's", () => {
  const [open] = offer([{ keys: 'O', restingKeys: 'Enter' }]);
  document.body.innerHTML = '<button type="button">Filter</button>';
  press('Enter', 'Enter', {}, document.querySelector('button') ?? document.body);
  expect(open).not.toHaveBeenCalled();
  press('Enter', 'Enter');
  expect(open).toHaveBeenCalledOnce();
  document.body.innerHTML = '<main data-resting tabindex="-1"></main>';
  press('Enter', 'Enter', {}, document.querySelector('main') ?? document.body);
  expect(open).toHaveBeenCalledTimes(2);
});

test('a question mark is not a slash, with Shift or on a layout without it', () => {
  const [search, help] = offer([{ keys: '/' }, { keys: '?' }]);
  press('/', 'Digit7', { shiftKey: true });
  press('?', 'Slash', { shiftKey: true });
  press('?', 'Minus');
  expect(search).toHaveBeenCalledTimes(1);
  expect(help).toHaveBeenCalledTimes(2);
});
