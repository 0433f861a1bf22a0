import type { Queryable } from '../../platform/db/database.ts';
import { dictionariesFor } from './languages.ts';
import type { ParsedQuery } from './parse-query.ts';
import { stemWords } from './stem-words.ts';
import type { Stems } from './text-query.ts';

/** The stems that every dictionary of its script gives a searched word: a question does not say its language. */
export async function readStems(db: Queryable, query: ParsedQuery): Promise<Stems> {
  const words = query.texts
    .filter((text) => !text.exact && text.tokens.length === 1)
    .flatMap((text) => text.tokens[0]?.word ?? []);
  const stems = new Map<string, string[]>();
  await Promise.all(
    words.flatMap((word) =>
      dictionariesFor(word).map(async (dictionary) => {
        const found = (await stemWords(db, dictionary, [word])).get(word) ?? [];
        stems.set(word, [...new Set([...(stems.get(word) ?? []), ...found])]);
      }),
    ),
  );
  return stems;
}
