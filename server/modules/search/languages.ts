/** Languages whose words PostgreSQL can shorten, by the code a ticket carries. */
const dictionaries: Record<string, string> = {
  en: 'english_stem',
  ru: 'russian_stem',
  uk: 'russian_stem',
  de: 'german_stem',
  fr: 'french_stem',
  es: 'spanish_stem',
  it: 'italian_stem',
  pt: 'portuguese_stem',
  nl: 'dutch_stem',
  sv: 'swedish_stem',
  da: 'danish_stem',
  no: 'norwegian_stem',
  fi: 'finnish_stem',
  hu: 'hungarian_stem',
  ro: 'romanian_stem',
  tr: 'turkish_stem',
};

const belarusianLetters = /[ўі]/iu;
const cyrillicLetters = /\p{Script=Cyrillic}/u;
const latinLetters = /\p{Script=Latin}/u;

export function dictionaryOf(language: string): string | null {
  return dictionaries[language] ?? null;
}

/** The language a text's words are shortened in: what is known of the ticket, else what its letters say. */
export function wordLanguage(text: string, known: string | null): string {
  const code = known?.toLowerCase().split(/[-_]/)[0] ?? '';
  if (cyrillicLetters.test(text)) {
    if (code === 'be' || code === 'ru' || code === 'uk') return code;
    return belarusianLetters.test(text) ? 'be' : 'ru';
  }
  return latinLetters.test(text) && code !== 'be' && dictionaries[code] && code !== 'ru' ? code : 'en';
}

/** The dictionaries a searched word is tried in: a question does not say its language. */
export function dictionariesFor(word: string): string[] {
  if (cyrillicLetters.test(word)) return ['russian_stem'];
  return latinLetters.test(word) ? ['english_stem', 'german_stem', 'french_stem', 'spanish_stem'] : [];
}

export const isCyrillic = (word: string): boolean => cyrillicLetters.test(word);
