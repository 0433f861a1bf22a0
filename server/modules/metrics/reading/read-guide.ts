import type { Queryable } from '../../../platform/db/database.ts';
import type { GuideAnswer } from '../contract.ts';
import type { GuideVariant, KpiDefinition } from '../kpis/definition.ts';
import { ageOnSchedules } from './age-waiting.ts';
import type { FigureRequest } from './figure-request.ts';
import { iso, presentFilters, presentWindow } from './present-figure.ts';
import { selectRows } from './select-rows.ts';

/** How the guide counts what a KPI says, over the same tickets. */
export async function readGuide(
  db: Queryable,
  definition: KpiDefinition,
  guide: GuideVariant,
  request: FigureRequest,
): Promise<GuideAnswer> {
  const { window, asOf } = request;
  const read = { ...definition, reads: guide.reads };
  const rows = await selectRows(db, read, request, { window, asOf, throughout: false, knownAt: null });
  const { num, den } = guide.ratio(
    rows.map(({ observation }) => observation),
    { ...window, asOf, businessSeconds: await ageOnSchedules(db, rows) },
  );
  return {
    id: definition.id,
    value: den === 0 ? null : num / den,
    numerator: num,
    denominator: den,
    unit: definition.unit,
    period: presentWindow(window),
    timeZone: request.timeZone,
    filters: presentFilters(request),
    asOf: iso(asOf),
  };
}
