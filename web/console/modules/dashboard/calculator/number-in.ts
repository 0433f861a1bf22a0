/**
 * What a field's text is for the calculator: a number where it reads as one, also after it was empty or half
 * written; else the text itself, which the desk then refuses by name.
 */
export function numberIn(text: string): number | string {
  const trimmed = text.trim();
  const number = Number(trimmed);
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed) && Number.isFinite(number) ? number : text;
}
