import { Checkbox } from '../../../ui/checkbox.tsx';
import { prefer, usePreferences } from '../../../ui/preferences.ts';
import { useFormats, useText } from '../../../ui/text.tsx';
import { useNow } from '../../../ui/time.tsx';
import { withRoom } from '../../../ui/with-room.ts';
import { PreferenceRows } from '../../shell/preference-rows.tsx';
import { Section } from './section.tsx';

/** How the desk looks and speaks to this person, in this browser. */
export function PreferencesSection() {
  const t = useText();
  const { singleKeys } = usePreferences();
  return (
    <div className="grid gap-10">
      <Section title={t('settings.look')} text={t('settings.look.text')}>
        <PreferenceRows />
        <Sample />
      </Section>
      <Section title={t('settings.keyboard')} text={t('settings.keyboard.text')}>
        <Checkbox
          label={t('settings.single_keys')}
          hint={t('settings.single_keys.hint')}
          checked={singleKeys}
          onChange={(next) => prefer({ singleKeys: next })}
        />
      </Section>
    </div>
  );
}

/** The reader's own formats at work, so that a language is chosen with open eyes. */
function Sample() {
  const t = useText();
  const formats = useFormats();
  const now = useNow();
  const sample = [
    formats.dateTime(now),
    formats.number(1234567.8),
    formats.percent(0.625),
    formats.duration(7500),
  ];
  return (
    <p className="figures mt-3 text-dense text-ink-3">
      {withRoom(t('settings.sample'))}
      {sample.join(' · ')}
    </p>
  );
}
