import { hash, verify } from '@node-rs/argon2';
import { invalid } from '../../platform/http/errors.ts';
import { isCommonPassword } from './common-passwords.ts';

export interface PasswordCost {
  /** KiB of memory, and passes over it. */
  memoryCost: number;
  timeCost: number;
}

let cost: PasswordCost = { memoryCost: 19_456, timeCost: 2 };
let decoy: Promise<string> | undefined;

/** For tests, which sign in hundreds of times; the desk itself never calls it. */
export function setPasswordCost(next: PasswordCost): void {
  cost = next;
  decoy = undefined;
}

/** argon2id (the library's own choice). Two ways of typing the same characters are the same password. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), { parallelism: 1, ...cost });
}

/** Takes as long without a hash as with one, so that the answer does not tell which accounts exist. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('no account has this one');
  const matches = await verify(stored ?? (await decoy), password.normalize('NFKC'));
  return matches && stored !== null;
}

/** @throws 422 naming `field`, when it is one that guessing starts with. */
export function refuseCommonPassword(password: string, field: string): void {
  if (isCommonPassword(password)) {
    throw invalid({ [field]: 'This password is among the first ones that are guessed; take another.' });
  }
}
