/** Room for the next sentence: a space, except after full-width punctuation, which brings its own. */
export const withRoom = (words: string): string =>
  /[\u3000-\u303f\uff00-\uffef]$/.test(words) ? words : `${words} `;
