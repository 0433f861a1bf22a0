import type { Figure } from '../figure-queries.ts';
import type { FigureWords } from '../figure-words.ts';

/** What a KPI says beside its figure, as a few short facts; shapes of the explain contract's extras. */
export function factsOf(figure: Figure, { t, formats, ratio }: FigureWords): string[] {
  const facts: string[] = [];
  const { median, p90 } = figure;
  if (figure.unit === 'seconds' && median !== null && p90 !== null) {
    facts.push(t('dashboard.median', { value: formats.duration(median) }));
    facts.push(t('dashboard.p90', { value: formats.duration(p90) }));
  }
  const extras = figure as Record<string, unknown>;
  const waiting = extras.waiting as { count: number; oldestSeconds: number | null } | undefined;
  if (waiting && waiting.count > 0) {
    facts.push(t('dashboard.waiting', { n: waiting.count }));
    if (waiting.oldestSeconds !== null)
      facts.push(t('dashboard.oldest', { value: formats.duration(waiting.oldestSeconds, 1) }));
  }
  const number = (name: string) => (typeof extras[name] === 'number' ? (extras[name] as number) : null);
  if (figure.id === 'backlog') {
    facts.push(t('dashboard.actionable', { n: number('actionable') ?? 0 }));
    const oldest = number('oldestSeconds');
    if (oldest !== null) facts.push(t('dashboard.oldest', { value: formats.duration(oldest, 1) }));
    if (typeof extras.at === 'string' && Date.parse(extras.at) < Date.parse(figure.asOf))
      facts.push(t('dashboard.stood_at', { time: formats.dateTime(extras.at) }));
  }
  if (figure.id === 'tickets_solved')
    facts.push(t('dashboard.still_solved', { n: number('stillSolvedAtEnd') ?? 0 }));
  if (figure.id === 'sla' && figure.n > 0)
    facts.push(t('dashboard.breached', { n: number('breached') ?? 0 }));
  if (figure.id === 'reopen_rate' && figure.n > 0)
    facts.push(t('dashboard.reopenings', { n: number('events') ?? 0 }));
  if (figure.id === 'claim_time' && figure.n > 0)
    facts.push(t('dashboard.unclaimed_late', { n: number('missedNow') ?? 0 }));
  const cohort = extras.cohort as { num: number; den: number } | undefined;
  if (cohort && cohort.den > 0) facts.push(t('dashboard.cohort', { value: ratio(cohort.num, cohort.den) }));
  return facts;
}
