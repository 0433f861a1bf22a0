/** Hebrew, Arabic and their like; what holds none of them cannot turn a line around. */
const fromRightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** Keeps a name's or a quote's own direction inside a sentence, as `<bdi>` does where there are elements. */
export const isolated = (words: string): string =>
  fromRightToLeft.test(words) ? `\u2068${words}\u2069` : words;

/** The values of a message, each with its own direction. */
export function isolatedValues<V extends Record<string, unknown>>(values: V | undefined): V | undefined {
  if (!values) return values;
  const own = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' ? isolated(value) : value,
  ]);
  return Object.fromEntries(own) as V;
}
