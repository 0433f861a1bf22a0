/** Tiles that answer one question stand together; within a group in the order of a reader's next question. */
export const tileGroups = [
  {
    name: 'flow',
    titleId: 'dashboard.group.flow',
    tiles: ['ticket_volume', 'tickets_solved', 'solved_to_created'],
  },
  {
    name: 'speed',
    titleId: 'dashboard.group.speed',
    tiles: ['first_response_time', 'claim_time', 'resolution_time'],
  },
  { name: 'promise', titleId: 'dashboard.group.promise', tiles: ['backlog', 'sla', 'reopen_rate'] },
] as const;

/** Every tile, in reading order; arrow keys follow it. */
export const tileOrder: readonly string[] = tileGroups.flatMap((group) => group.tiles);
