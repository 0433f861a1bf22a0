const selfClosing = new Set(
  'area base br col embed hr img input link meta param source track wbr p li dt dd tr td th tbody thead tfoot option colgroup'.split(
    ' ',
  ),
);

/**
 * Drops the tags that open deeper than `limit`, in one pass: deep nesting costs parsers time that grows with
 * its square. Tags that HTML closes by itself are not counted. The text stays.
 */
export function limitNesting(html: string, limit: number): string {
  let depth = 0;
  let dropped = 0;
  let kept: string[] | null = null;
  let position = 0;
  for (const match of html.matchAll(/<(\/?)([a-z][a-z0-9:]{0,30})(?=[\s/>])[^<>]{0,4000}>/gi)) {
    if (selfClosing.has(match[2]!.toLowerCase()) || match[0].endsWith('/>')) continue;
    const closes = match[1] === '/';
    const isTooDeep = closes ? dropped > 0 : depth >= limit;
    if (!isTooDeep) {
      depth = Math.max(0, depth + (closes ? -1 : 1));
      continue;
    }
    dropped += closes ? -1 : 1;
    kept ??= [];
    kept.push(html.slice(position, match.index));
    position = match.index + match[0].length;
  }
  return kept === null ? html : kept.join('') + html.slice(position);
}
