import { Link } from '@tanstack/react-router';
import { allKeysOf, type Command, commandLayers, listCommands } from '../../ui/commands.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { usePreferences } from '../../ui/preferences.ts';
import { useStore } from '../../ui/store.ts';
import { T, useText } from '../../ui/text.tsx';
import { shortcutSheetOpen } from './panels.ts';

/** The keys that work on this screen, read from what is registered, so it cannot be out of date. */
export function ShortcutSheet() {
  const t = useText();
  const open = useStore(shortcutSheetOpen);
  useStore(commandLayers);
  const close = () => shortcutSheetOpen.set(false);
  return (
    <Dialog open={open} onClose={close} title={t('shell.shortcuts')} wide>
      <SingleKeysNote onLeave={close} />
      <div className="gap-8 tablet:columns-2">
        {[...Map.groupBy(withKeys(), (command) => command.group)].map(([group, commands]) => (
          <section key={group} className="mb-5 break-inside-avoid">
            <h3 className="mb-1 text-dense text-ink-3">{group}</h3>
            <dl>
              {commands.map((command) => (
                <div key={command.id} className="flex min-h-7 items-center gap-3">
                  <dt className="truncate">{command.label}</dt>
                  <dd className="ms-auto flex gap-2">
                    {allKeysOf(command).map((keys) => (
                      <Kbd key={keys} keys={keys} always />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

const withKeys = (): Command[] => listCommands().filter((command) => allKeysOf(command).length > 0);

function SingleKeysNote({ onLeave }: { onLeave: () => void }) {
  const { singleKeys } = usePreferences();
  const link = (
    <Link to="/settings/preferences" onClick={onLeave}>
      {null}
    </Link>
  );
  return (
    <p className="mb-4 text-ink-2">
      <T id={singleKeys ? 'shell.single_keys_on' : 'shell.single_keys_off'} tags={{ settings: link }} />
    </p>
  );
}
