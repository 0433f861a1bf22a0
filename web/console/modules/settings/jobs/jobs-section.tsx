import { useQuery } from '@tanstack/react-query';
import { request } from '../../../../api/request.ts';
import { Button } from '../../../../ui/button.tsx';
import { type Column, Table } from '../../../../ui/table.tsx';
import { useFormats, useText } from '../../../../ui/text.tsx';
import { Time } from '../../../../ui/time.tsx';
import { RemoveButton } from '../editing/remove-button.tsx';
import { PagedList } from '../paged-list.tsx';
import { Section } from '../section.tsx';
import { useAct } from '../use-act.ts';
import { AsideSection } from './aside-section.tsx';
import { consumerName } from './consumer-name.ts';

type DeadLetter = {
  id: number;
  kind: string;
  payload: Record<string, unknown>;
  attempts: number;
  error: string | null;
  createdAt: string;
};
type Consumer = { name: string; position: number; error: string | null; setAside: number };

/** Work that gave up or was set aside, with its reason; and how far each reader of the log has come. */
export function JobsSection() {
  const t = useText();
  return (
    <div className="grid gap-10">
      <Section title={t('settings.jobs')} text={t('settings.jobs.text')}>
        <PagedList<DeadLetter>
          name="jobs"
          path="/jobs/dead"
          keyOf={({ id }) => id}
          row={(job) => <JobRow job={job} />}
          empty={t('settings.jobs.empty')}
        />
      </Section>
      <AsideSection />
      <Section title={t('settings.consumers')} text={t('settings.consumers.text')}>
        <Consumers />
      </Section>
    </div>
  );
}

function JobRow({ job }: { job: DeadLetter }) {
  const t = useText();
  const act = useAct();
  return (
    <div className="grid grid-cols-1 gap-1">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <code className="font-strong">{job.kind}</code>
        <span className="text-dense text-ink-3">{t('settings.tries', { n: job.attempts })}</span>
        <Time at={job.createdAt} as="nearby" className="ms-auto text-dense text-ink-3" />
      </div>
      {job.error && <p className="text-dense wrap-anywhere text-late">{job.error}</p>}
      <code className="text-dense break-all text-ink-3">{JSON.stringify(job.payload)}</code>
      <div className="flex gap-2">
        <Button
          busy={act.isPending}
          onClick={() =>
            act.mutate({ method: 'POST', path: `/jobs/${job.id}/retry`, done: t('settings.jobs.retried') })
          }
        >
          {t('ui.retry')}
        </Button>
        <RemoveButton path={`/jobs/${job.id}`} label={t('settings.jobs.drop')} />
      </div>
    </div>
  );
}

function Consumers() {
  const t = useText();
  const formats = useFormats();
  const { data } = useQuery({
    queryKey: ['settings', 'consumers'],
    queryFn: () => request<{ head: number; items: Consumer[] }>('GET', '/consumers'),
    staleTime: 0,
  });
  if (!data) return null;
  const columns: Column<Consumer>[] = [
    {
      id: 'name',
      title: t('settings.consumers.name'),
      names: true,
      cell: ({ name }) => <span className="font-normal">{consumerName(name, t)}</span>,
    },
    {
      id: 'behind',
      title: t('settings.consumers.behind'),
      figures: true,
      cell: ({ position }) => formats.number(data.head - position),
    },
    {
      id: 'error',
      title: t('settings.consumers.error'),
      cell: ({ error, setAside }) =>
        error ? (
          <span className="text-late">{error}</span>
        ) : setAside > 0 ? (
          <span className="text-due">{t('settings.aside.count', { n: setAside })}</span>
        ) : (
          <span className="text-ink-3">{t('settings.consumers.fine')}</span>
        ),
    },
  ];
  return (
    <Table
      caption={t('settings.consumers')}
      columns={columns}
      rows={data.items}
      rowKey={({ name }) => name}
    />
  );
}
