import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { apiTokenShape, settingsShape } from '../../../../server/modules/auth/contract.ts';
import type { inboxShape } from '../../../../server/modules/channels/contract.ts';
import type { scheduleShape } from '../../../../server/modules/schedules/contract.ts';
import type { Policy } from '../../../../server/modules/sla/contract.ts';
import type { Staff, Team } from '../../../../server/modules/staff/contract.ts';
import type { TicketField } from '../../../../server/modules/tickets/contract.ts';
import { queryClient } from '../../../api/client.ts';
import { request } from '../../../api/request.ts';

export type { Policy, Staff, Team, TicketField };
export type DeskSettings = z.infer<typeof settingsShape>;
export type Inbox = z.infer<typeof inboxShape>;
export type Schedule = z.infer<typeof scheduleShape>;
export type ApiToken = z.infer<typeof apiTokenShape>;

type Page<Item> = { items: Item[]; nextCursor?: string | null };

/** Everything the settings read stands below one key, so that a saved change refreshes all that shows it. */
const listOf = <Item>(name: string, path: string) =>
  queryOptions({ queryKey: ['settings', name], queryFn: () => readAll<Item>(path), staleTime: 0 });

export type ListQuery<Item> = ReturnType<typeof listOf<Item>>;

export const deskQuery = queryOptions({
  queryKey: ['settings', 'desk'],
  queryFn: () => request<DeskSettings>('GET', '/settings'),
});
export const inboxesQuery = listOf<Inbox>('inboxes', '/inboxes');
export const teamsQuery = listOf<Team>('teams', '/teams');
export const staffQuery = listOf<Staff>('staff', '/staff');
export const schedulesQuery = listOf<Schedule>('schedules', '/schedules');
export const policiesQuery = listOf<Policy>('policies', '/sla-policies');
export const fieldsQuery = listOf<TicketField>('fields', '/ticket-fields');
export const tokensQuery = listOf<ApiToken>('tokens', '/api-tokens');

/** Lists of the settings are short: all pages of them. */
async function readAll<Item>(path: string): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await request<Page<Item>>('GET', path, { query: { cursor } });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return items;
}

const elsewhere = ['teams', 'staff', 'inboxes', 'ticket-fields', 'choices', 'me'];

/** After a change: the settings, and the lists that other screens keep of the same things. */
export async function refreshSettings(): Promise<void> {
  for (const key of elsewhere) void queryClient.invalidateQueries({ queryKey: [key] });
  await queryClient.invalidateQueries({ queryKey: ['settings'] });
}
