import { HttpError } from '../../platform/http/errors.ts';
import type { Channel, Status } from '../tickets/index.ts';

/** The wire's words for ours. */

export type WireStatus = 'new' | 'open' | 'pending' | 'hold' | 'solved' | 'closed' | 'deleted';

export const wireStatus = (status: Status): WireStatus => (status === 'on_hold' ? 'hold' : status);

export const ownStatus = (status: Exclude<WireStatus, 'deleted'>): Status =>
  status === 'hold' ? 'on_hold' : status;

const channels: Record<Channel, string> = {
  email: 'email',
  phone: 'voice',
  chat: 'chat',
  form: 'web',
  social: 'any_channel',
  sms: 'sms',
  api: 'api',
};

export interface Via {
  channel: string;
  source: { from: Record<string, unknown>; to: Record<string, unknown>; rel: string | null };
}

export function via(
  channel: Channel | 'rule',
  from: Record<string, unknown> = {},
  rel: string | null = null,
): Via {
  return { channel: channel === 'rule' ? 'rule' : channels[channel], source: { from, to: {}, rel } };
}

const fieldNames: Record<string, string | undefined> = {
  teamId: 'group_id',
  assigneeId: 'assignee_id',
  requesterId: 'requester_id',
  organizationId: 'organization_id',
  externalId: 'external_id',
  followUpOf: 'via_followup_source_id',
  text: 'comment.body',
  html: 'comment.html_body',
  attachments: 'comment.uploads',
  fields: 'custom_fields',
  timeZone: 'time_zone',
  domains: 'domain_names',
};

/** A refusal by a command names its own fields; here they have the names that they were sent under. */
export function inWireWords<E>(error: E): E | HttpError {
  if (!(error instanceof HttpError) || !error.fields) return error;
  const fields = Object.entries(error.fields).map(([path, words]) => {
    const [first = '', ...rest] = path.split('.');
    return [[fieldNames[first] ?? first, ...rest].join('.'), words];
  });
  const { status, code, message, details, headers } = error;
  return new HttpError(status, code, message, {
    fields: Object.fromEntries(fields),
    ...(details ? { details } : {}),
    headers,
  });
}
