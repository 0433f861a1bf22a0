/** One result of an `Authentication-Results` header, such as `dmarc=fail (p=reject) header.from=shop.example`. */
export interface AuthResult {
  method: string;
  result: string;
  /** By `ptype.property`; one that is given twice says nothing and is empty. */
  properties: ReadonlyMap<string, string>;
  /** All its words with its comments, where servers put what the domain asks for. */
  words: string;
}

export interface AuthResults {
  /** Which server says so, in lower case. */
  id: string;
  /** Every quote and comment has its end; else a result may be missing, or be none. */
  isWhole: boolean;
  results: AuthResult[];
}

/**
 * Reads the header as RFC 8601 writes it. Senders choose some of its words (their envelope address stands in it), so
 * what is quoted or in a comment never counts as more than that.
 */
export function readAuthResults(header: string): AuthResults {
  const { sections, isWhole } = divide(header);
  const [first, ...others] = sections;
  const id = reveal(first?.text.trim().split(/\s/)[0] ?? '').toLowerCase();
  return { id, isWhole, results: others.map(readResult) };
}

interface Section {
  /** Without comments; what was quoted is hidden, so that no sign in it is taken for a sign of the header. */
  text: string;
  comments: string;
}

function divide(header: string): { sections: Section[]; isWhole: boolean } {
  let here: Section = { text: '', comments: '' };
  const sections = [here];
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < header.length; at++) {
    const escaped = header[at] === '\\' && (quoted || depth > 0);
    if (escaped) at++;
    const letter = header[at] ?? '';
    const sign = escaped ? '' : letter;
    if (quoted) {
      if (sign === '"') quoted = false;
      else here.text += hide(letter);
    } else if (depth > 0) {
      depth += sign === '(' ? 1 : sign === ')' ? -1 : 0;
      here.comments += letter;
    } else if (sign === '"') {
      quoted = true;
    } else if (sign === '(') {
      depth = 1;
      here.text += ' ';
      here.comments += ' ';
    } else if (sign === ';') {
      here = { text: '', comments: '' };
      sections.push(here);
    } else {
      here.text += letter;
    }
  }
  return { sections, isWhole: !quoted && depth === 0 };
}

/** Where no sign, letter or space of a header stands: its characters are bytes. */
const hiddenFrom = 0x4000;

const hide = (letter: string): string =>
  letter === '' ? '' : String.fromCharCode(hiddenFrom + letter.charCodeAt(0));

const reveal = (text: string): string =>
  text.replace(/[\u4000-\u40ff]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - hiddenFrom));

function readResult({ text, comments }: Section): AuthResult {
  const [head = '', method = '', result = ''] = /^\s*([\w-]+)\s*(?:\/\s*\d+\s*)?=\s*(\w+)/.exec(text) ?? [];
  const properties = new Map<string, string>();
  for (const found of text.slice(head.length).matchAll(/(?<=\s)([\w-]+)\s*\.\s*([\w-]+)\s*=\s*(\S+)/g)) {
    const name = `${found[1]}.${found[2]}`.toLowerCase();
    properties.set(name, properties.has(name) ? '' : reveal(found[3] ?? ''));
  }
  return {
    method: method.toLowerCase(),
    result: result.toLowerCase(),
    properties,
    words: `${text} ${comments}`,
  };
}
