import type { CreatePolicy, PolicyTarget } from '../modules/sla/contract.ts';

const hour = 3600;

const within = (
  target: PolicyTarget['target'],
  seconds: number,
  priority: PolicyTarget['priority'] = null,
  clock: PolicyTarget['clock'] = 'business',
): PolicyTarget => ({ target, seconds, priority, clock });

/** What Lantern promises, tried in this order. Hours are those in which the inbox's site is open. */
export function promises(partnersTeamId: number): CreatePolicy[] {
  return [
    {
      name: 'Live conversations',
      description: 'Chat is answered while somebody waits.',
      filter: { all: [{ field: 'channel', op: 'any_of', values: ['chat'] }], any: [] },
      targets: [within('first_reply', 180, null, 'calendar'), within('resolution', 24 * hour)],
      pausesIn: ['pending'],
    },
    {
      name: 'Partners',
      description: 'Tea houses and offices plan their week with our answer.',
      filter: { all: [{ field: 'team', op: 'any_of', values: [partnersTeamId] }], any: [] },
      targets: [
        within('first_reply', 4 * hour),
        within('next_reply', 6 * hour),
        within('resolution', 32 * hour),
      ],
      pausesIn: ['pending', 'on_hold'],
    },
    {
      name: 'Everybody',
      description: 'The promise on our contact page.',
      filter: { all: [], any: [] },
      targets: [
        within('first_reply', hour, 'urgent'),
        within('first_reply', 4 * hour, 'high'),
        within('first_reply', 8 * hour),
        within('next_reply', 8 * hour),
        within('resolution', 48 * hour),
      ],
      pausesIn: ['pending', 'on_hold'],
    },
  ];
}
