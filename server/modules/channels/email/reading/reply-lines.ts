import {
  isBareIntro,
  isForwardMarker,
  isOriginalMarker,
  isReplyIntro,
  mayStartIntro,
  readCopiedHeader,
} from './reply-patterns.ts';

/** `intro` is `On … wrote:`, `rest` opens an earlier mail that goes on to the end, `rule` is `-----`. */
export type LineKind = 'blank' | 'quoted' | 'intro' | 'rest' | 'forward' | 'rule' | 'text';

const testedCharacters = 600;
const introLines = 7;

/** Mails written from right to left have marks of direction where others have the first letter. */
const directionMarks = /[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** What each line is; `isQuoted` says which lines a mail program marked as quoted in another way than `>`. */
export function readLineKinds(
  written: string[],
  isQuoted: (index: number) => boolean = () => false,
): LineKind[] {
  const lines = written.map((line) => line.replace(directionMarks, ''));
  const kinds: LineKind[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const span = isQuoted(index) ? 0 : introSpan(lines, index, isQuoted);
    for (let count = 0; count < span; count += 1) kinds.push('intro');
    if (span > 0) index += span - 1;
    else kinds.push(isQuoted(index) && lines[index]!.trim() !== '' ? 'quoted' : readKind(lines, index));
  }
  return kinds;
}

function readKind(lines: string[], index: number): LineKind {
  const line = lines[index]!.slice(0, testedCharacters);
  if (line.trim() === '') return 'blank';
  if (/^\s{0,8}([>|]|[A-Z]{1,3}>)/.test(line)) return 'quoted';
  if (isOriginalMarker(line)) return 'rest';
  if (isForwardMarker(line)) return 'forward';
  if (startsHeaderBlock(lines, index)) return 'rest';
  return /^\s*([-_=*#~–—]\s?){2,}$/.test(line) ? 'rule' : 'text';
}

/** How many lines from `index` on make one `On … wrote:`; 0 when none do. */
function introSpan(lines: string[], index: number, isQuoted: (index: number) => boolean): number {
  const first = lines[index]!.trim();
  if (first === '' || first.length > testedCharacters || first.startsWith('>') || !mayStartIntro(first))
    return 0;
  let joined = '';
  for (let count = 0; count < introLines; count += 1) {
    const line = lines[index + count]?.trim();
    if (line === undefined || line.length > testedCharacters || isQuoted(index + count)) break;
    // An address that was wrapped may leave `>:` alone on its line, or blank lines inside it.
    const open = joined.split('<').length > joined.split('>').length;
    if (!open && (line.startsWith('>') || (line === '' && !isOpenIntro(joined)))) break;
    joined = joined === '' ? line : `${joined} ${line}`;
    if (isReplyIntro(joined)) return count + 1;
    if (/[.!?。！？]$/.test(line) && !/(\b\p{L}{1,5}|\d)\.$/u.test(line)) break;
  }
  const next = [index + 1, index + 2].find((one) => lines[one] !== undefined && lines[one].trim() !== '');
  if (next === undefined || !isBareIntro(first)) return 0;
  return isQuoted(next) || /^\s*[>|]/.test(lines[next]!) ? 1 : 0;
}

/** `On Thu, 31 Mar 2016 at 11:16 Some One` with its end after a blank line. */
function isOpenIntro(joined: string): boolean {
  return /^on .{0,20}\d{4}.{0,12}\d{1,2}:\d{2}/i.test(joined);
}

/** Breaks `reply On Wed, … wrote:` in two where the program forgot to. */
export function breakSharedLines(lines: string[]): string[] {
  return lines.flatMap((line, index) => {
    if (line.length > testedCharacters || !/wrote:\s*$/.test(line)) return [line];
    const at = line.search(/(?<=\S)[\s-]+On (Mon|Tue|Wed|Thu|Fri|Sat|Sun|\d)/);
    if (at <= 0 || !/^\s*>/.test(lines[index + 1] ?? '')) return [line];
    const intro = line.slice(at).replace(/^[\s-]+/, '');
    return isReplyIntro(intro) ? [line.slice(0, at), intro] : [line];
  });
}

/** `From: … Sent: … To: … Subject: …` copied by the mail program above the earlier mail. */
function startsHeaderBlock(lines: string[], index: number): boolean {
  const first = readCopiedHeader(lines[index]!);
  if (first === null || first === 'other') return false;
  const seen = new Set<string>();
  let misses = 0;
  for (const line of lines.slice(index, index + 12)) {
    const kind = readCopiedHeader(line);
    if (kind) seen.add(kind);
    else if (line.trim() !== '') misses += 1;
    if (misses > 2) break;
  }
  if (first === 'to' || first === 'subject')
    return endsInIntro(lines, index) || (seen.has('from') && seen.size >= 3);
  const hasSender = seen.has('from') && (seen.has('date') || seen.has('to'));
  if (first === 'from') return hasSender && (seen.has('subject') || seen.has('to') || seen.has('date'));
  return seen.has('from') && seen.size >= 3;
}

/** `Кому: … Тема: …` and then who wrote when, as Yandex does it. */
function endsInIntro(lines: string[], index: number): boolean {
  let end = index;
  while (end < index + 5 && readCopiedHeader(lines[end] ?? '') !== null) end += 1;
  return isReplyIntro(lines[end]?.trim() ?? '');
}
