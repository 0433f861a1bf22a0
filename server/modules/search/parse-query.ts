import { type Token, tokenize } from './tokenize.ts';

/** What a person typed, taken apart. Nothing in it is ever put into SQL as text. */
export interface ParsedQuery {
  texts: TextTerm[];
  filters: Filter[];
}

export interface TextTerm {
  negated: boolean;
  /** Neighbours in this order. */
  tokens: Token[];
  /** Quoted: no stems. */
  exact: boolean;
}

const filterFields = [
  'status',
  'priority',
  'type',
  'tag',
  'assignee',
  'requester',
  'team',
  'organization',
  'channel',
  'created',
  'updated',
  'solved',
  'due',
  'subject',
  'external',
  'id',
  'cc',
  'fieldvalue',
  'custom_field',
] as const;
export type FilterField = (typeof filterFields)[number];
export type Comparison = ':' | '<' | '>' | '<=' | '>=';

export interface Filter {
  field: FilterField;
  comparison: Comparison;
  value: string;
  negated: boolean;
  /** Of `custom_field`: the id or the key of the field that is asked. */
  custom?: string;
}

const aliases: Record<string, FilterField> = {
  tags: 'tag',
  group: 'team',
  group_id: 'team',
  assignee_id: 'assignee',
  requester_id: 'requester',
  organization_id: 'organization',
  ticket_type: 'type',
  created_at: 'created',
  updated_at: 'updated',
  solved_at: 'solved',
  due_date: 'due',
  via: 'channel',
  external_id: 'external',
  ...Object.fromEntries(filterFields.map((field) => [field, field])),
};

const parts = /(-?)(?:([\p{L}_][\p{L}\p{N}_]*)(<=|>=|:<=|:>=|:<|:>|:|<|>))?(?:"([^"]*)"?|(\S+))/gu;

export const longestQuery = 1000;

export function parseQuery(query: string): ParsedQuery {
  const parsed: ParsedQuery = { texts: [], filters: [] };
  for (const match of query.slice(0, longestQuery).replaceAll('\u0000', ' ').matchAll(parts)) {
    const [whole, minus, name, operator, quoted, plain] = match;
    const value = quoted ?? plain ?? '';
    const asked = name ? readField(name.toLowerCase()) : null;
    if (asked && operator && value) {
      const comparison = (
        operator.length > 1 && operator.startsWith(':') ? operator.slice(1) : operator
      ) as Comparison;
      parsed.filters.push({ ...asked, comparison, value, negated: minus === '-' });
    } else {
      addText(parsed, minus === '-', name ? whole.slice(minus?.length) : value, quoted !== undefined);
    }
  }
  return parsed;
}

function readField(name: string): Pick<Filter, 'field' | 'custom'> | null {
  const custom = /^custom_field_(\w{1,63})$/.exec(name)?.[1];
  if (custom) return { field: 'custom_field', custom };
  const field = Object.hasOwn(aliases, name) ? aliases[name] : undefined;
  return field && field !== 'custom_field' ? { field } : null;
}

function addText(parsed: ParsedQuery, negated: boolean, text: string, exact: boolean): void {
  const tokens = withoutTail(tokenize(text));
  if (tokens.length > 0) parsed.texts.push({ negated, tokens, exact });
}

/** The final character of a run stands alone only when it is the whole term. */
function withoutTail(tokens: Token[]): Token[] {
  const last = tokens.at(-1);
  const before = tokens.at(-2);
  const tail = last && before && last.word === null && before.word === null && before.end === last.end;
  return tail ? tokens.slice(0, -1) : tokens;
}
