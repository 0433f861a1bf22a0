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
