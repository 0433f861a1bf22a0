import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Page } from '../../../../ui/page.tsx';
import { Select } from '../../../../ui/select.tsx';
import { useText } from '../../../../ui/text.tsx';
import { usePageTitle } from '../../../../ui/use-page-title.ts';
import { catalogueQuery } from '../figure-queries.ts';
import { Desk } from './desk.tsx';
import { examples } from './examples.ts';

const arithmetic = ['business_time', 'comparison', 'percentile', 'rollup', 'week', 'display'];

/** Every formula of the desk over numbers or tickets of one's own. */
export function CalculatorPage() {
  const t = useText();
  usePageTitle(t('dashboard.calculator'));
  const navigate = useNavigate();
  const catalogue = useQuery(catalogueQuery).data ?? [];
  const { with: asked } = useSearch({ strict: false }) as { with?: string };
  const id = asked && asked in examples ? asked : 'solved_to_created';
  const entry = catalogue.find((one) => one.id === id);
  const options = [
    ...catalogue.map((one) => ({ value: one.id, label: t(one.nameId) })),
    ...arithmetic.map((value) => ({ value, label: t(`dashboard.calculator.name.${value}`) })),
  ];
  return (
    <Page title={t('dashboard.calculator')} meta={<Link to="/dashboard">{t('dashboard.back')}</Link>}>
      <p className="mb-5 max-w-prose text-ink-2">{t('dashboard.calculator.lead')}</p>
      <div className="mb-5 max-w-sm">
        <Select
          label={t('dashboard.calculator.formula')}
          value={id}
          onChange={(next) => void navigate({ to: '/dashboard/calculator', search: { with: next } })}
          options={options}
        />
        {entry && <p className="mt-2 text-dense text-ink-3">{t(entry.meaningId)}</p>}
      </div>
      <Desk key={id} id={id} entry={entry} />
    </Page>
  );
}
