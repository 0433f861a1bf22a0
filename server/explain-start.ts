import { type Config, StartRefused } from './platform/config.ts';

/** The oldest PostgreSQL that the migrations run on. */
const oldestServer = 15;

/** What stands in a person's way is said in one line that names the setting to look at; the rest is a fault of ours. */
export function explainStart(error: unknown, config: Config): unknown {
  const { code, cause } = error as NodeJS.ErrnoException & { cause?: unknown };
  if (error instanceof StartRefused || code === undefined)
    return cause === undefined ? error : explainCause(error, cause, config);
  const sentence = (config.databaseUrl && sayDatabase(code, config.databaseUrl)) || sayFolder(code, config);
  return sentence ? new StartRefused(sentence) : error;
}

function explainCause(error: unknown, cause: unknown, config: Config): unknown {
  const explained = explainStart(cause, config);
  return explained instanceof StartRefused ? explained : error;
}

const unreachable = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ECONNRESET',
];

function sayDatabase(code: string, url: string): string | null {
  const at = `DATABASE_URL: the database at ${placeOf(url)}`;
  if (unreachable.includes(code))
    return `${at} cannot be reached (${code}); start it, or correct the address`;
  if (code === '28P01' || code === '28000')
    return `${at} does not let this user in; correct user or password`;
  if (code === '3D000') return `${at} does not exist; create it, or correct its name`;
  if (code === '42501') return `${at} does not let this user make tables; give it the right to`;
  if (code === '53300') return `${at} takes no more connections; raise its max_connections`;
  if (code === '53100') return `${at} has no disk space left; free some, nothing was changed`;
  if (code === '57P03') return `${at} is starting or stopping; try again shortly`;
  if (code === '25006') return `${at} is read-only; name the primary server`;
  return null;
}

/** Host and name; the password stays where it is. */
function placeOf(text: string): string {
  const url = new URL(text);
  return `${url.host}${url.pathname}`;
}

function sayFolder(code: string, { folder }: Config): string | null {
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code))
    return `DATA_DIR ${folder} cannot be written (${code}); let this user write there, or set DATA_DIR`;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return `the disk that holds DATA_DIR ${folder} is full; free some space`;
  return null;
}

/** @throws StartRefused for a server that is too old; `version` as `server_version_num` says it. */
export function refuseOldServer(version: number): void {
  if (version >= oldestServer * 10_000) return;
  throw new StartRefused(
    `DATABASE_URL: PostgreSQL ${oldestServer} or newer is needed, and this is ${Math.floor(version / 10_000)}; nothing was changed`,
  );
}
