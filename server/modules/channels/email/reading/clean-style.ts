const colour = /^(#[0-9a-f]{3,8}|[a-z]{3,24}|(rgb|hsl)a?\([\d\s.,%/]{1,40}\))$/i;
const length =
  /^(0|auto|normal|inherit|initial|none|-?\d{0,5}(\.\d{1,8})?(px|pt|em|rem|%|ex|ch|cm|mm|in|pc|vw|vh)?)$/i;
const lengths = (value: string) =>
  value.split(/\s+/).every((one) => length.test(one) && !one.startsWith('-'));
const words = (allowed: string) => {
  const set = new Set(allowed.split(' '));
  return (value: string) => set.has(value.toLowerCase());
};
const fontFamily = (value: string) => /^[\p{L}\p{N}\s,'"_-]{1,300}$/u.test(value);
const borderParts = (value: string) =>
  splitOutsideBrackets(value).every(
    (one) =>
      colour.test(one) ||
      (length.test(one) && !one.startsWith('-')) ||
      /^(thin|medium|thick|solid|dashed|dotted|double|none|hidden|groove|ridge|inset|outset)$/i.test(one),
  );
const isColour = (value: string) => colour.test(value);
const fontSize = (value: string) =>
  (length.test(value) && !value.startsWith('-')) ||
  /^((x{1,3}|xx)-)?(small|large)(er)?$|^medium$/i.test(value);

type Check = (value: string) => boolean;

/** What mail may say about its looks: nothing that loads, moves over our screen or runs. */
const properties = new Map<string, Check>([
  ['color', isColour],
  ['background-color', isColour],
  ['background', isColour],
  ['font-family', fontFamily],
  ['font-size', fontSize],
  ['font-style', words('normal italic oblique')],
  ['font-weight', (value) => /^(normal|bold|bolder|lighter|[1-9]00)$/i.test(value)],
  ['font-variant', words('normal small-caps')],
  ['line-height', lengths],
  ['letter-spacing', lengths],
  ['text-align', words('left right center justify start end')],
  ['text-decoration', words('none underline line-through overline')],
  ['text-transform', words('none uppercase lowercase capitalize')],
  ['text-indent', lengths],
  [
    'vertical-align',
    (value) => words('top middle bottom baseline sub super text-top text-bottom')(value) || lengths(value),
  ],
  ['white-space', words('normal nowrap pre pre-wrap pre-line')],
  ['word-break', words('normal break-all break-word keep-all')],
  ['word-wrap', words('normal break-word')],
  ['overflow-wrap', words('normal break-word anywhere')],
  ['direction', words('ltr rtl')],
  ['unicode-bidi', words('normal embed isolate bidi-override plaintext')],
  [
    'list-style-type',
    words('disc circle square decimal none lower-alpha upper-alpha lower-roman upper-roman'),
  ],
  ['display', words('block inline inline-block none table table-row table-cell list-item')],
  ['float', words('left right none')],
  ['clear', words('left right both none')],
  ['width', lengths],
  ['max-width', lengths],
  ['min-width', lengths],
  ['height', lengths],
  ['max-height', lengths],
  ['border-collapse', words('collapse separate')],
  ['border-spacing', lengths],
  ['border-radius', lengths],
  ['border-color', (value) => splitOutsideBrackets(value).every(isColour)],
  ['border-style', borderParts],
  ['border-width', borderParts],
  ...['', '-top', '-right', '-bottom', '-left'].flatMap((side): [string, Check][] => [
    [`margin${side}`, lengths],
    [`padding${side}`, lengths],
    [`border${side}`, borderParts],
    ...(side === ''
      ? []
      : (['color', 'style', 'width'].map((part) => [`border${side}-${part}`, borderParts]) as [
          string,
          Check,
        ][])),
  ]),
]);

function splitOutsideBrackets(value: string): string[] {
  return value.match(/[^\s(]+(\([^)]*\))?/g) ?? [];
}

const maxStyleCharacters = 4_000;

/** The allowed declarations of a style attribute, in their order; '' when nothing is left. */
export function cleanStyle(style: string): string {
  if (style.length > maxStyleCharacters) return '';
  const kept: string[] = [];
  for (const declaration of style.split(';')) {
    const colon = declaration.indexOf(':');
    if (colon === -1) continue;
    const name = declaration.slice(0, colon).trim().toLowerCase();
    const value = declaration
      .slice(colon + 1)
      .replace(/!\s*important/gi, '')
      .trim();
    if (value === '' || value.length > 300 || /[\\@<>{}]|\/\*/.test(value)) continue;
    if (properties.get(name)?.(value)) kept.push(`${name}:${value}`);
  }
  return kept.join(';');
}
