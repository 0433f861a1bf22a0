import { type Queryable, sql } from '../../platform/db/database.ts';

/** Words and what a dictionary makes of them; none for a word that the dictionary leaves out. */
export type WordStems = ReadonlyMap<string, string[]>;

const remembered = new Map<string, Map<string, string[]>>();
const mostRemembered = 20_000;

/** The stems of these words at least. A language's words are soon known, so the database is seldom asked. */
export async function stemWords(
  db: Queryable,
  dictionary: string,
  words: Iterable<string>,
): Promise<WordStems> {
  let known = remembered.get(dictionary);
  if (!known || known.size >= mostRemembered) {
    // A new map, since somebody may still be reading the old one.
    known = new Map();
    remembered.set(dictionary, known);
  }
  const unknown = [...new Set(words)].filter((word) => !known.has(word));
  if (unknown.length === 0) return known;
  const rows = await db.all<{ word: string; stems: string[] | null }>(sql`
    select word, ts_lexize(${dictionary}::regdictionary, word) as stems from unnest(${unknown}::text[]) as word`);
  for (const { word, stems } of rows)
    known.set(
      word,
      (stems ?? []).filter((stem) => stem !== ''),
    );
  return known;
}
