import type { PolicyTarget } from '../../../../../server/modules/sla/contract.ts';
import { useFormats, useText } from '../../../../ui/text.tsx';
import { useChoices } from './use-choices.ts';

/** A condition as a policy keeps it or as the desk says that it matched. */
export type WrittenCondition = { field: string; op: string; values: readonly (string | number | null)[] };

/** Policies in a sentence or two: whom they hold for and what they promise. */
export function usePolicyWords() {
  const t = useText();
  const formats = useFormats();
  const choicesOf = useChoices();
  const valueWords = (field: string, value: string | number | null): string => {
    if (value === null) return t('settings.none');
    return choicesOf(field)?.find((one) => one.value === value)?.label ?? String(value);
  };
  const writeCondition = ({ field, op, values }: WrittenCondition): string =>
    `${t(`settings.sla.field.${field}`)} ${t(`settings.sla.op.${op}`)} ${values.map((value) => valueWords(field, value)).join(', ')}`;
  const writeTarget = ({ target, priority, seconds, clock }: PolicyTarget): string =>
    [
      `${t(`settings.target.${target}`)} ${formats.duration(seconds)}`,
      t(`settings.sla.clock.${clock}`),
      ...(priority ? [t(`settings.priority.${priority}`)] : []),
    ].join(', ');
  return {
    writeCondition,
    writeTarget,
    writeConditions: (list: readonly WrittenCondition[]) => list.map(writeCondition).join('\n'),
    writeTargets: (list: readonly PolicyTarget[]) => list.map(writeTarget).join('\n'),
    /** One line for each kind of promise, its priorities side by side: "First reply: urgent 1 h, others 8 h". */
    summaryOf: (targets: readonly PolicyTarget[]): string =>
      [...Map.groupBy(targets, ({ target }) => target)]
        .map(([target, list]) => {
          const times = list.map((one) => promised(one, list.length > 1)).join(', ');
          const id = list.length > 1 ? 'settings.sla.promised_each' : 'settings.sla.promised_one';
          return t(id, { target: t(`settings.target.${target}`), times });
        })
        .join(' · '),
  };

  function promised({ seconds, priority }: PolicyTarget, amongOthers: boolean): string {
    const time = formats.duration(seconds);
    if (!priority) return amongOthers ? t('settings.sla.for_others', { time }) : time;
    const words = t(`settings.priority.${priority}`).toLocaleLowerCase(formats.locale);
    return t('settings.sla.for_priority', { time, priority: words });
  }
}
