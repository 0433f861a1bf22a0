import { StartRefused } from './config.ts';

/** Why a door did not open, in one line that names the setting to change; a fault of ours stays as it is. */
export function refuseDoor(error: unknown, setting: string, way: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return new StartRefused(`${setting} is in use; ${way}`);
  if (code === 'EADDRNOTAVAIL') return new StartRefused(`${setting} is no address of this machine`);
  if (code === 'EACCES')
    return new StartRefused(`${setting} may not be opened by this user; take a port above 1023`);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new StartRefused(`${setting} is not known: no such host`);
  return error;
}
