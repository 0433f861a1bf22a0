import { decodeWords } from './decode-header.ts';
import { MailRefusal, mailLimits } from './mail-limits.ts';

export type MailAddress = { name: string; address: string };

type Draft = { words: string; quoted: string[]; angle: string | null; comments: string[] };

const emptyDraft = (): Draft => ({ words: '', quoted: [], angle: null, comments: [] });

/**
 * Reads an address list (To, Cc, From …), groups flattened, in one pass without recursion: nested groups,
 * open quotes and open brackets cost no more than their length.
 */
export function readAddresses(text: string): MailAddress[] {
  const found: MailAddress[] = [];
  let draft = emptyDraft();
  const finish = () => {
    const address = toAddress(draft);
    if (address) found.push(address);
    if (found.length > mailLimits.addresses) {
      throw new MailRefusal('too_many_addresses', `more than ${mailLimits.addresses} in one header`);
    }
    draft = emptyDraft();
  };
  let index = 0;
  while (index < text.length) {
    const character = text[index]!;
    if (character === '"') {
      const [value, end] = readQuoted(text, index);
      // A quoted local part belongs to its address, a quoted name to the name.
      if (text[end] === '@') draft.words += `"${value}"`;
      else draft.quoted.push(value);
      if (text[end] !== '@') draft.words += '\ue000';
      index = end;
    } else if (character === '(') {
      const [value, end] = readComment(text, index);
      draft.comments.push(value);
      index = end;
    } else if (character === '<') {
      const end = closingAngle(text, index);
      const inner = text.slice(index + 1, end);
      // The last bracket wins: some write `name <old> <real@address>`.
      if (draft.angle === null || inner.includes('@')) draft.angle = inner;
      index = end + (text[end] === '>' ? 1 : 0);
    } else if (character === ',' || character === ';') {
      if (character === ',' && isNameComma(text, index, draft)) draft.words += ',';
      else finish();
      index += 1;
    } else if (character === ':' && isGroupColon(draft)) {
      draft = emptyDraft();
      index += 1;
    } else {
      draft.words += character;
      index += 1;
    }
  }
  finish();
  return found;
}

function readQuoted(text: string, start: number): [string, number] {
  let value = '';
  let index = start + 1;
  while (index < text.length) {
    const character = text[index]!;
    if (character === '\\' && index + 1 < text.length) {
      value += text[index + 1]!;
      index += 2;
      continue;
    }
    if (character === '"') return [value, index + 1];
    value += character;
    index += 1;
  }
  return [value, index];
}

function readComment(text: string, start: number): [string, number] {
  let depth = 0;
  let index = start;
  let value = '';
  while (index < text.length) {
    const character = text[index]!;
    if (character === '\\' && index + 1 < text.length) {
      value += text[index + 1]!;
      index += 2;
      continue;
    }
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    index += 1;
    if (depth === 0) break;
    if (!(character === '(' && depth === 1)) value += character;
  }
  return [value, index];
}

function closingAngle(text: string, start: number) {
  const end = text.indexOf('>', start);
  return end === -1 ? text.length : end;
}

function isGroupColon(draft: Draft) {
  return draft.angle === null && !draft.words.includes('@') && !/^\s*mailto$/i.test(draft.words);
}

/** `Smith, Karoline <k@example.org>` written without quotes: the comma belongs to the name. */
function isNameComma(text: string, index: number, draft: Draft) {
  if (draft.angle !== null || draft.words.includes('@') || draft.words.trim() === '') return false;
  if (!/[\p{L}\ue000]/u.test(draft.words)) return false;
  const ahead = text.slice(index + 1, index + 121);
  const angle = ahead.search(/</);
  if (angle === -1) return false;
  return !/[,;@":]/.test(ahead.slice(0, angle).replace(/,/, ''));
}

const quotedLocal = /"[^"]{1,128}"@[^\s<>()[\],;:"]{1,255}/;
const bareAddress = /[^\s<>()[\],;:"\ue000]{1,128}@[^\s<>()[\],;:"\ue000]{1,255}/u;

function toAddress(draft: Draft): MailAddress | null {
  const comment = draft.comments.find((one) => one.trim() !== '')?.trim() ?? '';
  const quoted = draft.quoted;
  let next = 0;
  let words = draft.words.replace(/\ue000/g, () => quoted[next++] ?? '');
  let address = draft.angle === null ? '' : cleanAddress(draft.angle);
  if (draft.angle === null) {
    const bare = quotedLocal.exec(draft.words) ?? bareAddress.exec(draft.words.replace(/^\s*mailto:/i, ''));
    if (bare) {
      address = cleanAddress(bare[0]);
      words = words.replace(bare[0], ' ').replace(/mailto:/i, '');
    } else if (quoted.some((one) => bareAddress.test(one))) {
      address = cleanAddress(bareAddress.exec(quoted.find((one) => bareAddress.test(one))!)![0]);
      words = '';
    } else {
      // A sender without a domain (`root`, `oracle`) is still a sender; several words are only a name.
      const lone = words.trim();
      // Some programs encode all of `Ann <ann@example.org>`, its address with it.
      const decoded = lone.startsWith('=?') ? decodeWords(lone) : lone;
      if (decoded !== lone && decoded.includes('@')) return readAddresses(decoded)[0] ?? null;
      if (lone === '' || /\s/.test(lone)) return lone === '' ? null : { name: tidyName(lone), address: '' };
      return { name: tidyName(comment), address: cleanAddress(lone) };
    }
  } else if (address === '') {
    const inName = bareAddress.exec(words);
    if (inName) {
      address = cleanAddress(inName[0]);
      words = words.replace(inName[0], ' ');
    }
  }
  const name = tidyName(words) || tidyName(comment);
  if (address === '' && name === '') return null;
  return { name: name === address ? '' : name, address };
}

function tidyName(text: string): string {
  return decodeWords(text)
    .replace(/[\p{Cc}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(["'])(.*)\1$/, '$2')
    .trim()
    .slice(0, 400);
}

function cleanAddress(text: string): string {
  const inner = decodeWords(text)
    .replace(/[\p{Cc}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, '')
    .replace(/^\s*mailto:/i, '')
    .trim();
  // A source route `@a,@b:user@host` ends at its colon.
  const routed = inner.startsWith('@') && inner.includes(':') ? inner.slice(inner.indexOf(':') + 1) : inner;
  const at = routed.lastIndexOf('@');
  const compact = /^".*"@/.test(routed) ? routed : routed.replace(/\s+/g, '');
  const tidy = compact.replace(/^['<]+|['>.,]+$/g, '').slice(0, 320);
  if (at === -1) return tidy;
  const domainAt = tidy.lastIndexOf('@');
  return `${tidy.slice(0, domainAt)}@${tidy.slice(domainAt + 1).toLowerCase()}`;
}
