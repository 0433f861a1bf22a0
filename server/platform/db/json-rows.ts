/** What JSON can say of a text and PostgreSQL cannot keep: NUL, and half a character. */
const unstorable = /\\u(?:0000|d[89a-f])/;

/**
 * Rows as the one parameter of `json_to_recordset`: a statement with them has the same text for one row and for many,
 * and is quicker than a parameter or an array for each column. Keys are columns; instants and nested values go as JSON.
 */
export function jsonRows(rows: readonly object[]): string {
  const text = JSON.stringify(rows);
  return unstorable.test(text) ? JSON.stringify(rows, storable) : text;
}

function storable(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\u0000', '').toWellFormed() : value;
}
