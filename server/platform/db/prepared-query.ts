import { createHash } from 'node:crypto';
import pg from 'pg';
import { prepareValue } from 'pg/lib/utils.js';
import type { Sql } from 'sql-template-tag';

/** What a statement answers: learnt when a connection first runs it, not asked for again. */
interface Shape {
  fields: pg.FieldDef[];
  parsers: ((text: string) => unknown)[];
  /** A row without values, its keys in the statement's order. */
  blank: Record<string, unknown>;
}

interface Wire {
  stream: { cork(): void; uncork(): void };
  parsedStatements: Record<string, string | undefined>;
  bind(config: { statement: string; values: unknown[] }): void;
  execute(config: object): void;
  sync(): void;
}

/** The parts of the driver's own query that this one replaces or uses. */
interface DriverQuery {
  name: string | undefined;
  values: unknown[];
  _result: { fields: pg.FieldDef[]; addRow(row: unknown): void };
  _canceledDueToError: unknown;
  submit(connection: Wire): Error | null;
  prepare(connection: Wire): void;
  handleRowDescription(message: { fields: pg.FieldDef[] }): void;
  handleDataRow(message: { fields: (string | null)[] }): void;
  handleCommandComplete(message: unknown, connection: Wire): void;
}

type Answered = (error: Error | undefined, result: pg.QueryResult) => void;

const Driver = pg.Query as unknown as new (
  text: string,
  values: unknown[],
  answered: Answered,
) => DriverQuery;

const shapes = new WeakMap<Wire, Map<string, Shape>>();

/**
 * A prepared statement whose answer is described once a connection, where the driver has the server describe it at
 * every run, and which leaves in one write with its neighbours of the same turn.
 */
class PreparedQuery extends Driver {
  private shape: Shape | undefined;

  override submit(connection: Wire): Error | null {
    holdUntilTurnEnds(connection);
    return super.submit(connection);
  }

  override prepare(connection: Wire): void {
    const { name } = this;
    const known = name === undefined ? undefined : shapes.get(connection)?.get(name);
    if (name === undefined || !known || connection.parsedStatements[name] === undefined) {
      super.prepare(connection);
      return;
    }
    this.shape = known;
    this._result.fields = known.fields;
    connection.bind({ statement: name, values: this.values });
    connection.execute({});
    connection.sync();
  }

  override handleRowDescription({ fields }: { fields: pg.FieldDef[] }): void {
    this._result.fields = fields;
    this.shape = {
      fields,
      parsers: fields.map((field) => pg.types.getTypeParser(field.dataTypeID, 'text')),
      blank: Object.fromEntries(fields.map((field) => [field.name, null])),
    };
  }

  override handleDataRow({ fields: texts }: { fields: (string | null)[] }): void {
    if (this._canceledDueToError) return;
    const { fields, parsers, blank } = this.shape as Shape;
    const row = { ...blank };
    try {
      for (let n = 0; n < texts.length; n++) {
        const text = texts[n] as string | null;
        if (text !== null) row[(fields[n] as pg.FieldDef).name] = parsers[n]?.(text);
      }
      this._result.addRow(row);
    } catch (error) {
      this._canceledDueToError = error;
    }
  }

  override handleCommandComplete(message: unknown, connection: Wire): void {
    const { name } = this;
    if (name !== undefined) {
      const known = shapes.get(connection) ?? new Map<string, Shape>();
      shapes.set(connection, known.set(name, this.shape ?? { fields: [], parsers: [], blank: {} }));
    }
    super.handleCommandComplete(message, connection);
  }
}

const held = new WeakSet<Wire>();

/** What one turn of the event loop sends leaves in one write: each write wakes the server. */
function holdUntilTurnEnds(connection: Wire): void {
  if (held.has(connection)) return;
  held.add(connection);
  connection.stream.cork();
  process.nextTick(() => {
    held.delete(connection);
    connection.stream.uncork();
  });
}

const statementNames = new Map<string, string>();

/** The name is a digest of the text, so both always agree. */
function nameOf(text: string): string | undefined {
  const known = statementNames.get(text);
  if (known !== undefined || statementNames.size >= 2000) return known;
  const name = createHash('sha1').update(text).digest('base64url');
  statementNames.set(text, name);
  return name;
}

const written = (value: unknown): unknown =>
  value instanceof Date ? value.toISOString() : prepareValue(value);

/** Runs a statement on one connection; several may be on their way at once and are answered in order. */
export function ask(client: pg.PoolClient, { text, values }: Sql): Promise<pg.QueryResult> {
  return new Promise((resolve, reject) => {
    const query = new PreparedQuery(text, values.map(written), (error, result) => {
      if (!error) return resolve(result);
      // The trace that leads to the socket says nothing.
      Error.captureStackTrace(error);
      reject(error);
    });
    query.name = nameOf(text);
    client.query(query as unknown as pg.Submittable);
  });
}
