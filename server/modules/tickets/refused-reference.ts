import type { Queryable } from '../../platform/db/database.ts';
import { invalid } from '../../platform/http/errors.ts';
import { requesters } from '../customers/index.ts';

const fieldOf: Record<string, string> = {
  tickets_team_id_fkey: 'teamId',
  tickets_assignee_id_fkey: 'assigneeId',
  tickets_requester_id_fkey: 'requesterId',
  tickets_organization_id_fkey: 'organizationId',
  tickets_schedule_id_fkey: 'scheduleId',
  tickets_follow_up_of_fkey: 'followUpOf',
  ticket_ccs_customer_id_fkey: 'ccs',
  ticket_followers_staff_id_fkey: 'followers',
};

/** The database knows whether somebody exists; its refusal becomes a word about the field. */
export function unknownReference(error: unknown): unknown {
  const { code, constraint } = error as { code?: string; constraint?: string };
  const field = code === '23503' ? fieldOf[constraint ?? ''] : undefined;
  return field ? invalid({ [field]: 'nobody and nothing has this id' }) : error;
}

export async function refusingUnknown<R>(work: Promise<R>): Promise<R> {
  try {
    return await work;
  } catch (error) {
    throw unknownReference(error);
  }
}

/** Of whom a ticket is about to be for. That there is nobody the database says. @throws 422 for who was deleted */
export async function organizationOfRequester(db: Queryable, requesterId: number): Promise<number | null> {
  const requester = await requesters.find(db, requesterId);
  if (requester?.deleted) throw deletedRequester();
  return requester?.organizationId ?? null;
}

export const deletedRequester = () => invalid({ requesterId: 'this customer was deleted or merged away' });
