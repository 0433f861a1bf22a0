import { useEffect, useState } from 'react';
import { addLayer, announceLayers, type Command, type CommandLayer, keysOf } from './commands.ts';

const shapeOf = (commands: readonly Command[]) =>
  commands.map((c) => [c.id, c.label, c.group, ...keysOf(c)].join()).join('\n');

/** Offers commands while the component is on screen; pass a fresh array on each render. */
export function useCommands(commands: readonly Command[]): void {
  const [layer] = useState<CommandLayer>(() => ({ commands: [] }));
  useEffect(() => addLayer(layer), [layer]);
  useEffect(() => {
    const changed = shapeOf(layer.commands) !== shapeOf(commands);
    layer.commands = commands;
    if (changed) announceLayers();
  });
}
