import iconv from 'iconv-lite';
import { guessCharset, looksMislabelled, truerCharset } from './guess-charset.ts';

const aliases: Record<string, string> = {
  gb2312: 'gb18030',
  'gb_2312-80': 'gb18030',
  gbk: 'gb18030',
  cp936: 'gb18030',
  'x-gbk': 'gb18030',
  'hz-gb-2312': 'gb18030',
  cn: 'gb18030',
  'ks_c_5601-1987': 'euc-kr',
  ks_c_5601: 'euc-kr',
  cp949: 'euc-kr',
  cp932: 'shift_jis',
  ms932: 'shift_jis',
  'x-sjis': 'shift_jis',
  'iso-2022-jp-ms': 'iso-2022-jp',
  'iso-2022-jp-2': 'iso-2022-jp',
  cp950: 'big5',
  'unicode-1-1-utf-7': 'utf-7',
  'unicode-1-1-utf-8': 'utf-8',
  utf8mb4: 'utf-8',
  unicode: 'utf-8',
  ansi: 'windows-1252',
  'x-ansi': 'windows-1252',
  '8bit': 'utf-8',
  ansi_x3: 'us-ascii',
  'ansi_x3.4-1968': 'us-ascii',
  ascii: 'us-ascii',
  'us-ascii': 'us-ascii',
  '7bit': 'us-ascii',
  'unknown-8bit': '',
  'x-unknown': '',
  unknown: '',
  _autodetect: '',
  default: '',
};

/** The name our decoders know, or '' when the declared name says nothing. */
function normalizeCharset(declared: string | null | undefined): string {
  const name = (declared ?? '')
    .toLowerCase()
    .replace(/["'\s\0]/g, '')
    .replace(/^3d|^=3d/, '')
    .replace(/\*.*$/, '');
  const known = aliases[name];
  if (known !== undefined) return known;
  const fixed = name
    .replace(/^cp-?(12\d\d)$/, 'windows-$1')
    .replace(/^win(?:dows)?-?(12\d\d)$/, 'windows-$1')
    .replace(/^(?:x-)?iso[-_ ]?8859[-_ ]?(\d{1,2}).*$/, 'iso-8859-$1')
    .replace(/^latin-?1$/, 'iso-8859-1')
    .replace(/^utf-?(8|16|16le|16be|7)$/, 'utf-$1');
  return isDecodable(fixed) ? fixed : '';
}

const decoders = new Map<string, TextDecoder | null>();

function strictDecoder(charset: string): TextDecoder | null {
  const cached = decoders.get(charset);
  if (cached !== undefined) return cached;
  let decoder: TextDecoder | null = null;
  try {
    decoder = new TextDecoder(charset, { fatal: true });
  } catch {
    decoder = null;
  }
  decoders.set(charset, decoder);
  return decoder;
}

function isDecodable(charset: string) {
  return charset !== '' && (strictDecoder(charset) !== null || iconv.encodingExists(charset));
}

/** Text if every byte is valid in the charset, else null. */
function decodeStrictly(bytes: Uint8Array, charset: string): string | null {
  const decoder = strictDecoder(charset);
  if (!decoder) return null;
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

function decodeLoosely(bytes: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset).decode(charset === 'iso-2022-jp' ? withoutEmptyRuns(bytes) : bytes);
  } catch {
    return iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), charset);
  }
}

/** Words of a folded header each go back to ASCII and out again; with no letter between, our decoder calls that an error. */
function withoutEmptyRuns(bytes: Uint8Array): Uint8Array {
  const runs = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1').split('\x1b');
  const kept = runs.filter((run, at) => at === 0 || at === runs.length - 1 || !/^[($][BJ@]$/.test(run));
  return Buffer.from(kept.join('\x1b'), 'latin1');
}

export function isSevenBit(bytes: Uint8Array): boolean {
  for (let index = 0; index < bytes.length; index += 1) if (bytes[index]! > 127) return false;
  return true;
}

const multibyte = new Set(['gb18030', 'big5', 'euc-jp', 'shift_jis', 'euc-kr', 'iso-2022-jp', 'iso-2022-kr']);

/** By chance two characters of another charset are hardly ever two of three bytes each in UTF-8. */
const wideCharacters = /[\u0800-\ufffc\u{10000}-\u{10ffff}].*[\u0800-\ufffc\u{10000}-\u{10ffff}]/su;

/**
 * Bytes to text by the declared charset when it can be true, by the real one when it cannot:
 * UTF-8 labelled as Latin-1, 8-bit text labelled as ASCII, GB2312 with no label at all.
 */
export function decodeText(bytes: Uint8Array, declared: string | null | undefined): string {
  const charset = normalizeCharset(declared);
  if (charset === 'utf-7') return iconv.decode(Buffer.from(bytes), 'utf-7');
  if (charset.startsWith('utf-16') || charset.startsWith('utf-32')) return decodeLoosely(bytes, charset);
  if (isSevenBit(bytes)) return decodeSevenBit(bytes, charset);
  const utf8 = decodeStrictly(bytes, 'utf-8');
  if (utf8 !== null && (!multibyte.has(charset) || wideCharacters.test(utf8))) return utf8;
  if (charset !== '' && charset !== 'us-ascii' && charset !== 'utf-8') {
    const asDeclared = decodeStrictly(bytes, charset);
    if (asDeclared !== null && !looksMislabelled(bytes, asDeclared, charset)) return asDeclared;
    if (utf8 !== null) return utf8;
    return decodeLoosely(bytes, truerCharset(bytes, charset));
  }
  if (charset === 'utf-8' && mostlyUtf8(bytes)) return decodeMixedUtf8(bytes);
  return decodeLoosely(bytes, guessCharset(bytes));
}

const escapeByte = 27;

function decodeSevenBit(bytes: Uint8Array, charset: string) {
  if (charset === 'iso-2022-jp' || (bytes.includes(escapeByte) && hasJapaneseEscape(bytes))) {
    return decodeLoosely(bytes, 'iso-2022-jp');
  }
  if (charset === 'iso-2022-kr' || charset === 'ibm037' || charset === 'iso-2022-cn') {
    return iconv.encodingExists(charset)
      ? decodeLoosely(bytes, charset)
      : Buffer.from(bytes).toString('latin1');
  }
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function hasJapaneseEscape(bytes: Uint8Array) {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return text.includes('\x1b$B') || text.includes('\x1b$@') || text.includes('\x1b(J');
}

function mostlyUtf8(bytes: Uint8Array) {
  const text = new TextDecoder('utf-8').decode(bytes);
  let bad = 0;
  let good = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0xfffd) bad += 1;
    else if (code > 127) good += 1;
  }
  return good > bad * 4;
}

/** UTF-8 with stray bytes of an older charset: each stray byte is read as windows-1252. */
function decodeMixedUtf8(bytes: Uint8Array): string {
  const pieces: string[] = [];
  const old = new TextDecoder('windows-1252');
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let start = 0;
  for (let index = 0; index < bytes.length; ) {
    const length = sequenceLength(bytes, index);
    if (length === 0) {
      pieces.push(buffer.toString('utf8', start, index), old.decode(bytes.subarray(index, index + 1)));
      start = index + 1;
    }
    index += length || 1;
  }
  pieces.push(buffer.toString('utf8', start));
  return pieces.join('');
}

/** Length of the UTF-8 sequence at `index`, 0 when there is none. */
function sequenceLength(bytes: Uint8Array, index: number): number {
  const lead = bytes[index]!;
  if (lead < 0x80) return 1;
  const length =
    lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xc2 && lead < 0xe0 ? 2 : 0;
  for (let offset = 1; offset < length; offset += 1) if ((bytes[index + offset]! & 0xc0) !== 0x80) return 0;
  return length;
}
