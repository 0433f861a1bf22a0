import { type Queryable, sql } from '../../platform/db/database.ts';

/** A file as its own row: which ticket it hangs on, or who uploaded it while it hangs on none. */
export interface FileRow {
  id: number;
  key: string;
  fileName: string;
  contentType: string;
  size: number;
  inline: boolean;
  ticketId: number | null;
  uploadedBy: number | null;
}

const columns = sql`id, key, file_name as "fileName", content_type as "contentType", size, inline,
  ticket_id as "ticketId", uploaded_by as "uploadedBy"`;

export async function findFile(db: Queryable, id: number): Promise<FileRow | undefined> {
  return db.maybe<FileRow>(sql`select ${columns} from attachments where id = ${id}`);
}

/** In the order of the keys; unknown ones are left out. */
export async function listFiles(db: Queryable, keys: string[]): Promise<FileRow[]> {
  if (keys.length === 0) return [];
  const rows = await db.all<FileRow>(
    sql`select ${columns} from attachments where key = any(${keys}::text[])`,
  );
  const byKey = new Map(rows.map((row) => [row.key, row]));
  return keys.flatMap((key) => byKey.get(key) ?? []);
}
