import { queryOptions, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { settingsShape } from '../../../../../server/modules/auth/contract.ts';
import type { mailDoorsShape } from '../../../../../server/modules/channels/contract.ts';
import { queryClient } from '../../../../api/client.ts';
import { request } from '../../../../api/request.ts';
import { inboxesQuery, staffQuery, viewsQuery } from '../desk-queries.ts';

export type FirstStep = {
  name: 'mail' | 'name' | 'hours' | 'address' | 'relay' | 'people' | 'promise';
  done: boolean;
  /** Where it is done; what the machine is started with is done elsewhere. */
  to?: string;
  values?: Record<string, string>;
};

const doorsQuery = queryOptions({
  queryKey: ['settings', 'mail-doors'],
  queryFn: () => request<z.infer<typeof mailDoorsShape>>('GET', '/mail/doors'),
  staleTime: Number.POSITIVE_INFINITY,
});
const policiesQuery = queryOptions({
  queryKey: ['settings', 'any-policy'],
  queryFn: () => request<{ items: unknown[] }>('GET', '/sla-policies'),
});
const schedulesQuery = queryOptions({
  queryKey: ['settings', 'any-schedule'],
  queryFn: () => request<{ items: unknown[] }>('GET', '/schedules'),
});

type Settings = z.infer<typeof settingsShape>;
const settingsQuery = queryOptions({
  queryKey: ['settings', 'desk'],
  queryFn: () => request<Settings>('GET', '/settings'),
});

/** For all admins of the desk; the settings of the desk show them again. */
export async function showFirstSteps(firstSteps: boolean): Promise<void> {
  const settings = await request<Settings>('PATCH', '/settings', { body: { firstSteps } });
  queryClient.setQueryData(settingsQuery.queryKey, settings);
}

/** What a desk is called until somebody names it. */
const unnamed = 'Firstline';

/** Any address will do for a trial; mail from outside reaches only one under a name of the company's own. */
const isOwn = (address: string): boolean => !/@(.*\.)?(localhost|test|example|invalid|local)$/i.test(address);

/**
 * What a desk still needs before it works for its customers, read from the desk itself; null while that is not known,
 * or where it is not to be shown.
 */
export function useFirstSteps(): FirstStep[] | null {
  const { data: counts } = useQuery(viewsQuery);
  const { data: inboxes } = useQuery(inboxesQuery);
  const { data: staff } = useQuery(staffQuery);
  const { data: doors } = useQuery(doorsQuery);
  const { data: policies } = useQuery(policiesQuery);
  const { data: schedules } = useQuery(schedulesQuery);
  const { data: settings } = useQuery(settingsQuery);
  if (!settings?.firstSteps) return null;
  if (!counts || !inboxes || !staff || !doors || !policies || !schedules) return null;
  const active = inboxes.filter((inbox) => inbox.active);
  const addresses = active.flatMap((inbox) => inbox.addresses);
  const [first = ''] = addresses;
  return [
    { name: 'mail', done: counts.all > 0, values: { address: first, listen: doors.listen ?? '—' } },
    {
      name: 'name',
      done: settings.name !== unnamed,
      to: '/settings/desk',
      values: { name: settings.name, zone: settings.timeZone },
    },
    {
      name: 'hours',
      done: active.some((inbox) => inbox.scheduleId !== null),
      // Hours that nobody goes by yet are chosen at an inbox.
      to: schedules.items.length > 0 ? '/settings/inboxes' : '/settings/hours',
    },
    { name: 'address', done: addresses.some(isOwn), to: '/settings/inboxes', values: { address: first } },
    { name: 'relay', done: doors.relay },
    { name: 'people', done: staff.length > 1, to: '/settings/people' },
    { name: 'promise', done: policies.items.length > 0, to: '/settings/sla' },
  ];
}
