import { ApiError } from '../../../../api/api-error.ts';
import { request } from '../../../../api/request.ts';
import { movesOf } from '../editing/changes.ts';

/** Sends only who joined and who left; who had already left is no failure. */
export async function moveMembers(
  before: readonly number[],
  now: readonly number[],
  pathOf: (id: number) => string,
): Promise<void> {
  const { joined, left } = movesOf(before, now);
  for (const id of left) await leave(pathOf(id));
  for (const id of joined) await request('PUT', pathOf(id), { body: {} });
}

async function leave(path: string): Promise<void> {
  try {
    await request('DELETE', path);
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 404)) throw error;
  }
}
