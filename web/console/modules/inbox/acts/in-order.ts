const queues = new Map<number, Promise<unknown>>();

/** Runs the works of one ticket one after the other, so that each knows the version the last one made. */
export function inOrder<T>(ticketId: number, work: () => Promise<T>): Promise<T> {
  const before = queues.get(ticketId) ?? Promise.resolve();
  const mine = before.then(work, work);
  queues.set(ticketId, mine);
  const forget = () => {
    if (queues.get(ticketId) === mine) queues.delete(ticketId);
  };
  mine.then(forget, forget);
  return mine;
}
