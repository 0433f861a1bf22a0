import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Locale } from '../../i18n/locales.ts';
import type { roleShape } from '../../server/modules/auth/contract.ts';
import { ApiError } from './api-error.ts';
import { queryClient } from './client.ts';
import { request } from './request.ts';

export type Role = z.infer<typeof roleShape>;

export type Me = {
  user: {
    id: number;
    name: string;
    email: string;
    role: Role;
    ticketScope: 'all' | 'teams';
    locale: Locale | null;
  };
  desk: { name: string; timeZone: string };
  /** The log's last event when this was read. */
  position: number;
};

export type SetupState = { needed: boolean; codeRequired: boolean };

export type SetupAnswers = {
  code?: string;
  deskName: string;
  timeZone: string;
  locale: Locale;
  admin: { name: string; email: string; password: string };
  inbox: { name: string; address: string };
};

/** Who is signed in; null when nobody is. */
export const meQuery = queryOptions<Me | null>({ queryKey: ['me'], queryFn: fetchMe, staleTime: 5 * 60_000 });
export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: () => request<SetupState>('GET', '/setup'),
  staleTime: 0,
});

async function fetchMe({ signal }: { signal: AbortSignal }): Promise<Me | null> {
  try {
    return await request<Me>('GET', '/me', { signal });
  } catch (error) {
    // A customer has a session too, but not with the staff.
    if (error instanceof ApiError && (error.status === 401 || error.status === 403)) return null;
    throw error;
  }
}

export async function signIn(email: string, password: string): Promise<void> {
  await request('POST', '/session', { body: { email, password } });
  queryClient.clear();
}

export async function signOut(): Promise<void> {
  await request('DELETE', '/session');
  queryClient.clear();
}

export async function setUp(answers: SetupAnswers): Promise<void> {
  await request('POST', '/setup', { body: answers });
  queryClient.clear();
}
