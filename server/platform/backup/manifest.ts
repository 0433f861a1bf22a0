import { z } from 'zod';

/** What a backup says of itself; written last, so that a folder without it is no backup. */
export const manifestShape = z.strictObject({
  format: z.literal(1),
  madeAt: z.iso.datetime(),
  /** In the order in which they were applied; a restore applies the same before it loads the tables. */
  migrations: z.array(z.strictObject({ name: z.string(), digest: z.string() })),
  tables: z.array(
    z.strictObject({
      name: z.string().regex(/^[a-z_0-9]+$/),
      columns: z.array(z.string()),
      rows: z.int(),
      /** Of the file of its rows, as it lies there. */
      sha256: z.string(),
    }),
  ),
  sequences: z.array(
    z.strictObject({ name: z.string().regex(/^[a-z_0-9]+$/), last: z.string(), called: z.boolean() }),
  ),
  /** How many bytes by content lie beside the tables, and how large they are together. */
  files: z.strictObject({
    count: z.int(),
    bytes: z.int(),
    /** Erased while the backup was made: their rows are of a moment before. */
    dropped: z.array(z.string()),
  }),
});

export type Manifest = z.infer<typeof manifestShape>;

export const manifestName = 'manifest.json';
export const tableFile = (table: string): string => `tables/${table}.copy.gz`;
export const storedFile = (sha256: string): string => `files/${sha256.slice(0, 2)}/${sha256}`;

/** The backup cannot be made or read; the message is one line a person can act on. */
export class BackupRefused extends Error {
  override name = 'BackupRefused';
}
