/** Reply and forward marks in front of subjects, by language. */
const replyWords =
  're|reply|aw|antw|antwort|ant|sv|vs|odp|ответ|отв|回复|回覆|答复|答覆|答|返信|返|адк|адказ|від|відп|відповідь|rv|rif|r|res|résp|rép|odpověď|ynt|cevap|회신|답장|vá|ref|bls|σχετ|תגובה|رد';
const forwardWords =
  'fw|fwd|forward|wg|weitergeleitet|tr|i|enc|rv|reenv|pd|vb|doorst|vl|vs|videresend|fs|转发|轉寄|轉發|転送|пер|пересл|перасл|전달|továbbítás|tov|i̇lt|ilt|πρθ|הועבר|إعادة توجيه';

const mark = new RegExp(
  `^\\s*(?:(${replyWords})|(${forwardWords}))\\s?(?:[\\[(^*]\\s?(\\d{1,4})\\s?[\\])]?|(\\d{1,3}))?\\s?[:：]\\s*`,
  'iu',
);
const blob = /^\s*\[[^\][]{1,60}\]\s*/;
const trailer = /\s*(\((fwd|fw|weitergeleitet)\))\s*$/i;
const maxDepth = 60;

export type BaseSubject = {
  /** The subject as it was first written. */
  base: string;
  /** How many marks were in front; 0 is a fresh subject. */
  depth: number;
  isForward: boolean;
};

/**
 * Takes `Re:`, `Aw:`, `回复：`, `Адк:` and their kin off, at any depth, list names like `[Team]` only where a
 * mark stands before them.
 */
export function baseSubject(subject: string): BaseSubject {
  let base = subject.replace(/\s+/g, ' ').trim().slice(0, 2_000);
  let depth = 0;
  let forward: boolean | null = null;
  while (depth < maxDepth) {
    const found = mark.exec(base);
    if (found) {
      forward ??= found[2] !== undefined && found[1] === undefined;
      base = base.slice(found[0].length);
      depth += Math.max(1, Number(found[3] ?? found[4] ?? 1));
      continue;
    }
    const behindBlob = blob.exec(base);
    if (!behindBlob || !mark.test(base.slice(behindBlob[0].length))) break;
    base = base.slice(behindBlob[0].length);
  }
  if (
    depth > 0 &&
    blob.test(base) &&
    base.replace(blob, '').trim() !== '' &&
    !hasTicketNumber(blob.exec(base)![0])
  ) {
    base = base.replace(blob, '');
  }
  if (trailer.test(base)) {
    forward ??= true;
    base = base.replace(trailer, '');
    depth += 1;
  }
  return { base: base.trim(), depth, isForward: forward === true };
}

const ticketNumber = /\[#(\d{1,15})\]/;

function hasTicketNumber(text: string) {
  return ticketNumber.test(text);
}

/** The ticket number a subject names as our mails write it, at the end (`[#123]`), or null. A hint, never a proof. */
export function ticketNumberInSubject(subject: string): number | null {
  const named = [...subject.slice(0, 2_000).matchAll(new RegExp(ticketNumber, 'g'))].at(-1);
  const number = Number(named?.[1] ?? Number.NaN);
  return Number.isSafeInteger(number) && number > 0 ? number : null;
}
