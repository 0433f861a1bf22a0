/** Letters that a hurried writer takes for one another, and accents, folded away. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('и', 'і')
    .replace(/[’'ʼ]/g, '');
}

/** How well a text answers a query: 0 not at all, higher is better. Every word of the query must be found. */
function matchScore(text: string, query: string): number {
  const hay = fold(text);
  const words = fold(query).split(/\s+/).filter(Boolean);
  let score = 1;
  for (const word of words) {
    const found = wordScore(hay, word);
    if (found === 0) return 0;
    score += found;
  }
  return score;
}

function wordScore(hay: string, word: string): number {
  const at = hay.indexOf(word);
  if (at === 0) return 8;
  if (at > 0) return /[\s\p{P}]/u.test(hay[at - 1] ?? '') ? 6 : 4;
  return word.length > 2 && isSubsequence(hay, word) ? 1 : 0;
}

function isSubsequence(hay: string, word: string): boolean {
  let from = 0;
  for (const letter of word) {
    const at = hay.indexOf(letter, from);
    if (at < 0) return false;
    from = at + 1;
  }
  return true;
}

/** The items that match, best first, equal ones in the given order; all of them for an empty query. */
export function rankMatches<T>(items: readonly T[], query: string, textOf: (item: T) => string): T[] {
  if (!query.trim()) return [...items];
  return items
    .map((item) => ({ item, score: matchScore(textOf(item), query) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ item }) => item);
}
