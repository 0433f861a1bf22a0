import { expect, it } from 'vitest';
import { locales } from '../../../i18n/locales.ts';
import { readMessages } from '../../../i18n/read-messages.ts';
import { fateShape, machineSigns, mailCauses } from './contract.ts';

it.each(locales)(
  '%s has words for every fate, every cause and every sign of a machine, and no others',
  (locale) => {
    const ids = Object.keys(readMessages(locale).get('settings') ?? {});
    const idsOf = (kind: string) =>
      ids.filter((id) => id.startsWith(`settings.mail.${kind}.`)).map((id) => id.slice(15 + kind.length));
    expect(idsOf('fate').sort()).toEqual([...fateShape.options].sort());
    expect(idsOf('cause').sort()).toEqual([...mailCauses].sort());
    expect(idsOf('sign').sort()).toEqual([...machineSigns].sort());
  },
);
