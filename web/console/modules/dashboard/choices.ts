import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Staff, Team } from '../../../../server/modules/staff/contract.ts';
import { request } from '../../../api/request.ts';

type Page<Item> = { items: Item[] };
const staleTime = 5 * 60_000;

const teamsQuery = queryOptions({
  queryKey: ['choices', 'teams'],
  queryFn: async () => (await request<Page<Team>>('GET', '/teams', { query: { limit: 100 } })).items,
  staleTime,
});
const agentsQuery = queryOptions({
  queryKey: ['choices', 'staff'],
  queryFn: async () => (await request<Page<Staff>>('GET', '/staff', { query: { limit: 100 } })).items,
  staleTime,
});
const tagsQuery = queryOptions({
  queryKey: ['choices', 'tags'],
  queryFn: async () => (await request<Page<string>>('GET', '/tags')).items,
  staleTime,
});

/** What figures can be narrowed to: teams and people by id, tags by name. */
export function useChoices() {
  const teams = useQuery(teamsQuery).data ?? [];
  const agents = useQuery(agentsQuery).data ?? [];
  const tags = useQuery(tagsQuery).data ?? [];
  return { teams, agents, tags };
}
