import type { BlockList } from 'node:net';
import path from 'node:path';
import { z } from 'zod';
import { readNetworks } from './outbound/public-address.ts';

const isPort = (text: string) => /^\d{1,5}$/.test(text) && Number(text) <= 65535;
const port = z.string().refine(isPort, 'needs a whole number up to 65535').transform(Number);
const hostPort = z
  .string()
  .regex(/^(\[[0-9a-f:]+\]|[^:\s]+):\d+$/i, 'needs host:port')
  .refine((text) => isPort(text.slice(text.lastIndexOf(':') + 1)), 'needs a port up to 65535');

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

const webAddress = z
  .url({ protocol: /^https?$/, error: 'needs an address such as https://desk.example.org' })
  .transform((url) => url.replace(/\/$/, ''))
  .refine((url) => new URL(url).pathname === '/', 'needs a whole host, without a path');
const mailAddress = z.string().regex(/^[^@\s]+@[^@\s]+$/, 'needs a mail address');

const networks = z.string().transform((text, context) => {
  try {
    return readNetworks(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
    return z.NEVER;
  }
});

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const environment = z.object({
  PORT: port.default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: webAddress.optional(),
  FILES_URL: webAddress.optional(),
  TRUSTED_AUTHSERV_ID: z.string().min(1).optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'needs postgres://user:password@host:5432/name' })
    .optional(),
  MODE: z.enum(['all', 'web', 'worker'], 'needs all, web or worker').default('all'),
  SMTP_LISTEN: z.union([z.literal('off'), hostPort]).default('127.0.0.1:2525'),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'needs smtp://host:25 or smtps://user:password@host:465' })
    .optional(),
  OUTBOUND_ALLOW: networks.prefault(''),
  TRUSTED_PROXIES: networks.prefault(''),
  DESK_TIME_ZONE: z.string().refine(isTimeZone, 'is not a time zone such as Europe/Minsk').default('UTC'),
  FIRSTLINE_ADMIN_EMAIL: mailAddress.optional(),
  FIRSTLINE_ADMIN_PASSWORD: z.string().min(8, 'needs at least 8 characters').optional(),
  FIRSTLINE_API_TOKEN: z.string().min(16, 'needs at least 16 characters').optional(),
  FIRSTLINE_INBOX_ADDRESS: mailAddress.default('support@localhost'),
  LOG_LEVEL: z.enum(logLevels, `needs one of ${logLevels.join(', ')}`).default('info'),
});

export interface Config {
  port: number;
  host: string;
  publicUrl: string;
  filesUrl: string | null;
  trustedAuthservId: string | null;
  folder: string;
  databaseUrl: string | null;
  mode: 'all' | 'web' | 'worker';
  smtpListen: { host: string; port: number } | null;
  smtpUrl: string | null;
  /** Networks that are not public, and may be asked for what a stranger named all the same. */
  outboundAllow: BlockList;
  /** Proxies of one's own: whom they name in `X-Forwarded-For` is who asks. */
  trustedProxies: BlockList;
  timeZone: string;
  admin: { email: string; password: string; apiToken: string | null } | null;
  inboxAddress: string;
  logLevel: string;
}

/** A start that cannot go on: one line for the person who started it, no stack. */
export class StartRefused extends Error {}

export function readConfig(env: Record<string, string | undefined>): Config {
  const present = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environment.safeParse(present);
  if (!parsed.success) throw new StartRefused(explain(parsed.error));
  const value = parsed.data;
  if (!value.FIRSTLINE_ADMIN_EMAIL !== !value.FIRSTLINE_ADMIN_PASSWORD) {
    throw new StartRefused(
      'FIRSTLINE_ADMIN_EMAIL and FIRSTLINE_ADMIN_PASSWORD go together: set both or neither',
    );
  }
  if (value.FIRSTLINE_API_TOKEN && !value.FIRSTLINE_ADMIN_EMAIL) {
    throw new StartRefused(
      'FIRSTLINE_API_TOKEN is the first administrator’s: it needs FIRSTLINE_ADMIN_EMAIL and FIRSTLINE_ADMIN_PASSWORD',
    );
  }
  if (value.MODE !== 'all' && !value.DATABASE_URL) {
    throw new StartRefused(
      `MODE=${value.MODE} needs DATABASE_URL: the embedded database belongs to one MODE=all process`,
    );
  }
  return {
    port: value.PORT,
    host: value.HOST,
    publicUrl: value.PUBLIC_URL ?? localUrl(value.PORT),
    filesUrl: value.FILES_URL ?? null,
    trustedAuthservId: value.TRUSTED_AUTHSERV_ID ?? null,
    folder: path.resolve(value.DATA_DIR),
    databaseUrl: value.DATABASE_URL ?? null,
    mode: value.MODE,
    smtpListen: value.SMTP_LISTEN === 'off' ? null : splitHostPort(value.SMTP_LISTEN),
    smtpUrl: value.SMTP_URL ?? null,
    outboundAllow: value.OUTBOUND_ALLOW,
    trustedProxies: value.TRUSTED_PROXIES,
    timeZone: value.DESK_TIME_ZONE,
    admin:
      value.FIRSTLINE_ADMIN_EMAIL && value.FIRSTLINE_ADMIN_PASSWORD
        ? {
            email: value.FIRSTLINE_ADMIN_EMAIL,
            password: value.FIRSTLINE_ADMIN_PASSWORD,
            apiToken: value.FIRSTLINE_API_TOKEN ?? null,
          }
        : null,
    inboxAddress: value.FIRSTLINE_INBOX_ADDRESS,
    logLevel: value.LOG_LEVEL,
  };
}

/** Where the desk is for this machine's own browser; what it calls itself when nothing else is said. */
export const localUrl = (port: number): string => `http://localhost:${port}`;

function explain(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
}

function splitHostPort(text: string): { host: string; port: number } {
  const at = text.lastIndexOf(':');
  return { host: text.slice(0, at).replace(/^\[|\]$/g, ''), port: Number(text.slice(at + 1)) };
}
