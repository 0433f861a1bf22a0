/** Charsets that mail without a (true) label was found in, most telling first. */
const candidates = [
  'gb18030',
  'euc-jp',
  'shift_jis',
  'big5',
  'euc-kr',
  'koi8-r',
  'windows-1251',
  'windows-1252',
];

const sampleBytes = 8_192;

/**
 * The likeliest charset of 8-bit bytes that are not UTF-8: each candidate decodes a sample and the text is
 * rated by how common its characters are in that script. Unknown bytes end as windows-1252, which loses none.
 */
export function guessCharset(bytes: Uint8Array): string {
  const sample = bytes.subarray(0, sampleBytes);
  return isLoneAccent(sample) ? 'windows-1252' : likeliest(sample).charset;
}

function likeliest(sample: Uint8Array): { charset: string; score: number } {
  let best = { charset: 'windows-1252', score: rateAs(sample, 'windows-1252') };
  for (const charset of candidates) {
    const score = rateAs(sample, charset);
    if (score > best.score) best = { charset, score };
  }
  return best;
}

const rateAs = (sample: Uint8Array, charset: string): number =>
  rate(new TextDecoder(charset).decode(sample), charset);

/** The declared charset of bytes that are none of its text, or a likelier one: a few bad bytes change no charset. */
export function truerCharset(bytes: Uint8Array, declared: string): string {
  const sample = bytes.subarray(0, sampleBytes);
  const guessed = likeliest(sample);
  return candidates.includes(declared) && rateAs(sample, declared) >= guessed.score
    ? declared
    : guessed.charset;
}

/**
 * Is `text`, which the declared charset made of these bytes, no text that people write? Where letters of Latin are
 * declared, almost every odd byte beside another one; in a charset of East Asia, characters that are nobody's; in a
 * Cyrillic one, words that begin small and go on in capitals.
 */
export function looksMislabelled(bytes: Uint8Array, text: string, declared: string): boolean {
  if (latin.has(declared)) return stickTogether(bytes.subarray(0, sampleBytes));
  if (eastAsian.has(declared)) return /[\ue000-\uf8ff]{2}/.test(text);
  return cyrillic.has(declared) && invertedWord.test(text) && !/[\u0430-\u045f]{3}/.test(text);
}

const latin = new Set(['iso-8859-1', 'windows-1252', 'iso-8859-15']);
const eastAsian = new Set(['gb18030', 'big5', 'euc-jp', 'shift_jis', 'euc-kr', 'iso-2022-jp']);
const cyrillic = new Set(['koi8-r', 'koi8-u', 'windows-1251']);
const invertedWord = /(?<!\p{L})[\u0430-\u045f][\u0400-\u042f]{3}/u;
const fewestOddBytes = 8;

function stickTogether(sample: Uint8Array): boolean {
  let odd = 0;
  let beside = 0;
  sample.forEach((byte, at) => {
    if (byte < 128) return;
    odd += 1;
    if ((sample[at - 1] ?? 0) > 127 || (sample[at + 1] ?? 0) > 127) beside += 1;
  });
  return odd >= fewestOddBytes && beside / odd > 0.8;
}

/** One or two odd bytes among plain Latin letters are accents, whatever a larger script could make of them. */
function isLoneAccent(sample: Uint8Array): boolean {
  let odd = 0;
  let letters = 0;
  for (const byte of sample) {
    if (byte > 127) odd += 1;
    else if ((byte | 32) >= 97 && (byte | 32) <= 122) letters += 1;
  }
  return odd <= 3 && letters > 10 + odd * 10;
}

const commonHan = new Set(
  '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取完究价费企专理师注册香港贸易培训管理客户订单产品您请谢退换货款快递收到付账号密码登录失败帮忙处电话邮件联系支错误具票金额这個們來時為說對過還發動進當種實現點與開關問題請謝訂單貨購買帳號無電話聯絡辦費務產貿機員樣從應該經長見聽寫讀語國學會後裡麼嗎讓給錯誤換運送寄申查詢想幫',
);
const hangul = /[가-힣]/;
const commonHangul = new Set(
  '이다는에가을의고를하지도로서은한기어사시리나요니아자그해수인게대들만안주보전일정부여상있없합습세감문환불배송녕계스내원회성제장공관과구동면무생선소신연용우유입조중진체출학화',
);
const frequentCyrillic = new Set('оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфё');

function rate(text: string, charset: string): number {
  let score = 0;
  let seen = 0;
  let before = '';
  const isCyrillic = charset === 'koi8-r' || charset === 'windows-1251';
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code >= 128) {
      seen += 1;
      score += rateCharacter(character, code, charset, before);
    } else if (isCyrillic && /[a-z]/i.test(character) && /[\u0400-\u045f]/.test(before)) {
      score -= 1.5;
    }
    before = character;
  }
  // Means, because a double-byte charset shows half as many characters for the same bytes.
  return seen === 0 ? 0 : score / seen;
}

function rateCharacter(character: string, code: number, charset: string, before: string): number {
  if (code === 0xfffd || (code >= 0x80 && code < 0xa0)) return -6;
  if (code >= 0xe000 && code <= 0xf8ff) return -4;
  if (charset === 'windows-1252') return rateLatin(character, before);
  if (charset === 'koi8-r' || charset === 'windows-1251') return rateCyrillic(character, code, before);
  return rateEastAsian(character, code, charset);
}

function rateLatin(character: string, before: string) {
  if (/[äöüßéèêàâçñóíáúùôîïëœæøåÄÖÜÉ]/.test(character))
    return /[A-Za-z\s]/.test(before) || before === '' ? 1.3 : 0.1;
  if (/[’‘“”–—…«»°€£©®·\u00a0]/.test(character)) return 0.7;
  return /\p{L}/u.test(character) ? -0.2 : -0.5;
}

function rateCyrillic(character: string, code: number, before: string) {
  if (code === 0xa0 || /[«»№–—“”]/.test(character)) return 0.3;
  if (/[A-Za-z]/.test(before)) return -1.5;
  if (code < 0x400 || code > 0x45f) return -2;
  if (frequentCyrillic.has(character)) return 1.4;
  if (frequentCyrillic.has(character.toLowerCase())) {
    return /[а-яё]/.test(before) ? -1 : 0.9;
  }
  return /[іўґєї]/i.test(character) ? 0.6 : -1;
}

function rateEastAsian(character: string, code: number, charset: string) {
  if (code >= 0x3040 && code <= 0x30ff) return charset === 'euc-jp' || charset === 'shift_jis' ? 1.8 : -0.5;
  if (code >= 0xff61 && code <= 0xff9f) return -1;
  if (hangul.test(character)) return charset !== 'euc-kr' ? -1 : commonHangul.has(character) ? 1.8 : 0.4;
  if (/[，。、：；！？（）《》“”【】「」・　]/.test(character)) return 1.5;
  if (code >= 0x4e00 && code <= 0x9fff)
    return commonHan.has(character) ? 2.2 : charset === 'gb18030' ? 0.6 : 0.4;
  return code < 0x3000 ? -0.8 : -0.5;
}
