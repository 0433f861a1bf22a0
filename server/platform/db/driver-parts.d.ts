declare module 'pg/lib/utils.js' {
  /** A value as the driver writes it: text, bytes or null. */
  export function prepareValue(value: unknown): string | Buffer | null;
}

declare module 'pg-copy-streams' {
  import type { Readable, Writable } from 'node:stream';
  import type { Submittable } from 'pg';
  /** For `client.query`: the bytes of a `copy … to stdout`. */
  export function to(text: string): Submittable & Readable;
  /** For `client.query`: where the bytes of a `copy … from stdin` go. */
  export function from(text: string): Submittable & Writable;
}
