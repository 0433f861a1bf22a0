import { useQuery } from '@tanstack/react-query';
import { ApiError } from '../../../../api/api-error.ts';
import { faultWords } from '../../../../api/error-words.ts';
import { request } from '../../../../api/request.ts';
import { useFormats, useText } from '../../../../ui/text.tsx';
import { useNow } from '../../../../ui/time.tsx';
import type { Schedule } from '../settings-queries.ts';

type Definition = Schedule['definition'];

/** Whether hours are open at this moment, and when they next are on their own clock, as the desk reckons it. */
export function OpenNow({ definition }: { definition: Definition }) {
  const t = useText();
  const formats = useFormats();
  const now = useNow();
  const minute = new Date(Math.floor(now / 60_000) * 60_000).toISOString();
  const asked = useQuery({
    queryKey: ['open-now', definition, minute.slice(0, 15)],
    queryFn: () => readOpen(definition, minute),
    placeholderData: (before) => before,
  });
  if (asked.error) {
    const [at] = asked.error instanceof ApiError ? Object.keys(asked.error.fields) : [];
    const why = at === undefined ? undefined : faultWords(asked.error, at, undefined, t);
    return <span className="text-dense text-late">{why ?? t('settings.hours.wrong')}</span>;
  }
  if (!asked.data) return null;
  const { open, next } = asked.data;
  const words = open
    ? t('settings.hours.open_now')
    : next
      ? t('settings.hours.opens', {
          day: formats.date(next, 'weekdayDate', definition.tz),
          time: formats.date(next, 'time', definition.tz),
        })
      : t('settings.hours.never');
  return <span className={open ? 'text-dense text-good' : 'text-dense text-ink-3'}>{words}</span>;
}

async function readOpen(definition: Definition, at: string) {
  const open = await ask<boolean>(definition, 'in_hours', { at });
  const periods = await ask<[string, string][] | null>(definition, 'periods_after', { at, count: 1 });
  return { open, next: periods?.[0]?.[0] ?? null };
}

async function ask<R>(definition: Definition, op: string, input: object): Promise<R> {
  const body = { ...definition, op, input };
  return (await request<{ result: R }>('POST', '/business-time', { body })).result;
}
