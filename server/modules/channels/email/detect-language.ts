import { eld } from 'eld/small';
import { isLocale, type Locale } from '../../../../i18n/locales.ts';

const enoughLetters = 12;
/** The beginning of a mail tells its language as well as the whole of it. */
const enough = 600;
const traditionalOnly = /[們這個說請問題於與為國學無時開關對應還過後電話簡訊發現點數據號碼貨單嗎樣]/g;
const simplifiedOnly = /[们这个说请问题于与为国学无时开关对应还过后电话简讯发现点数据号码货单吗样]/g;
const both = new Set([...traditionalOnly.source].filter((one) => simplifiedOnly.source.includes(one)));

/**
 * The language a customer writes in, among those the desk speaks; null when it cannot be told. `prior` is what is
 * known of the customer, and wins where the text is short or unclear.
 */
export function detectLanguage(text: string, prior: string | null): Locale | null {
  const known = isLocale(prior) ? prior : null;
  const sample = text.slice(0, enough).replace(/https?:\S+|\S+@\S+/g, ' ');
  const letters = count(sample, /\p{L}/gu);
  const han = count(sample, /\p{Script=Han}/gu);
  const japanese = /\p{Script=Hiragana}|\p{Script=Katakana}/u.test(sample);
  if (han >= 2 && han * 3 >= letters && !japanese) return tellChinese(sample, known);
  if (letters < enoughLetters) return known;
  if (count(sample, /\p{Script=Cyrillic}/gu) * 2 > letters) return isBelarusian(sample) ? 'be' : known;
  return isEnglish(sample) ? 'en' : known;
}

let told = { sample: '', english: false };

/** A new sender's mail is asked for twice: once for the sender, once for the ticket. */
function isEnglish(sample: string): boolean {
  if (told.sample !== sample) {
    const found = eld.detect(sample);
    told = { sample, english: found.language === 'en' && found.isReliable() };
  }
  return told.english;
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Belarusian writes і and ў, and never и, щ or ъ; Ukrainian has ї and є. */
function isBelarusian(sample: string): boolean {
  return count(sample, /[іў]/giu) > count(sample, /[ищъ]/giu) && !/[їєґ]/iu.test(sample);
}

function tellChinese(sample: string, known: Locale | null): Locale {
  const kinds = (pattern: RegExp) =>
    new Set((sample.match(pattern) ?? []).filter((one) => !both.has(one))).size;
  const difference = kinds(traditionalOnly) - kinds(simplifiedOnly);
  if (difference !== 0) return difference > 0 ? 'zh-TW' : 'zh-CN';
  return known === 'zh-TW' ? 'zh-TW' : 'zh-CN';
}
