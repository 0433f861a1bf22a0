import type { Translate } from '../../../../ui/formats.ts';
import { i18n } from '../../../../ui/language.ts';

/** Words for a published key of an input; null where we have none, such as for a channel of one's own. */
export const wordsOfInput = (key: string, t: Translate): string | null =>
  find(`dashboard.calculator.field.${key}`, t);

/** What comes out under the name of something that went in, or of a reason to leave out, is called as it is there. */
export const wordsOfOutput = (key: string, t: Translate): string | null =>
  find(`dashboard.calculator.output.${key}`, t) ??
  find(`dashboard.calculator.field.${key}`, t) ??
  find(`kpi.exclusion.${key}`, t);

const find = (id: string, t: Translate): string | null => (id in i18n.messages ? t(id) : null);
