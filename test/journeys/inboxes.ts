import type { z } from 'zod';
import type { inboxShape } from '../../server/modules/channels/contract.ts';
import { ask, type Journey } from './journey.ts';

export type Inbox = z.infer<typeof inboxShape>;

/** An inbox with an address that only this journey has. */
export const makeInbox = (my: Journey, name: string, more: object = {}): Promise<Inbox> =>
  ask<Inbox>(my, 'POST', '/inboxes', {
    name: `${name} ${my.tag}`,
    addresses: [`${name}.${my.tag}@lantern.example`],
    ...more,
  });
