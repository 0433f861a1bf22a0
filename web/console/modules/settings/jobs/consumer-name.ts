import { i18n } from '../../../../ui/language.ts';
import type { useText } from '../../../../ui/text.tsx';

/** A reader of a module newer than these words is named as the log names it. */
export const consumerName = (name: string, t: ReturnType<typeof useText>): string =>
  `settings.consumers.${name}` in i18n.messages ? t(`settings.consumers.${name}`) : name;
