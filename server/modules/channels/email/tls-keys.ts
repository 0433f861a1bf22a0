import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createSecureContext } from 'node:tls';
import { StartRefused } from '../../../platform/config.ts';

export interface TlsKeys {
  key: Buffer;
  cert: Buffer;
}

/**
 * `smtp/key.pem` and `smtp/cert.pem` of this folder, or null when neither is there.
 * @throws StartRefused when only one is, or the two do not fit: mail would go in the clear without anybody knowing
 */
export async function findTlsKeys(folder: string): Promise<TlsKeys | null> {
  const place = path.join(folder, 'smtp');
  const [key, cert] = await Promise.all([find(place, 'key.pem'), find(place, 'cert.pem')]);
  if (!key && !cert) return null;
  if (!key || !cert)
    throw new StartRefused(`${place} needs both key.pem and cert.pem for STARTTLS; it has only one of them`);
  try {
    createSecureContext({ key, cert });
  } catch (error) {
    throw new StartRefused(`key.pem and cert.pem in ${place} cannot be used: ${(error as Error).message}`);
  }
  return { key, cert };
}

async function find(place: string, name: string): Promise<Buffer | null> {
  try {
    return await readFile(path.join(place, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new StartRefused(`${path.join(place, name)} cannot be read: ${(error as Error).message}`);
  }
}
