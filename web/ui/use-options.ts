import { type KeyboardEvent, useId, useState } from 'react';

/** Arrow keys over a filtered list while the focus stays in the text box, as the combobox pattern asks. */
export function useOptions(label: string, count: number, choose: (index: number) => void) {
  const [wanted, setActive] = useState(0);
  const listId = useId();
  const active = Math.min(wanted, count - 1);
  const moves: Record<string, (now: number) => number> = {
    ArrowDown: (now) => (now + 1) % count,
    ArrowUp: (now) => (now - 1 + count) % count,
    Home: () => 0,
    End: () => count - 1,
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || count === 0) return;
    const move = event.ctrlKey || event.metaKey ? undefined : moves[event.key];
    if (move) setActive(move(Math.max(active, 0)));
    else if (event.key === 'Enter' && active >= 0) choose(active);
    else return;
    event.preventDefault();
  };
  const optionId = (index: number) => `${listId}-${index}`;
  return {
    active,
    setActive,
    inputProps: {
      role: 'combobox',
      'aria-expanded': true,
      'aria-autocomplete': 'list',
      'aria-controls': listId,
      'aria-activedescendant': active >= 0 ? optionId(active) : undefined,
      autoComplete: 'off',
      onKeyDown,
    } as const,
    listProps: { id: listId, role: 'listbox', 'aria-label': label } as const,
    optionProps: (index: number) =>
      ({
        id: optionId(index),
        role: 'option',
        'aria-selected': index === active,
        tabIndex: -1,
        onPointerMove: () => setActive(index),
        onClick: () => choose(index),
      }) as const,
  };
}
