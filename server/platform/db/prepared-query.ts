import pg from 'pg';

/** What a statement answers: learnt when a connection first runs it, not asked for again. */
interface Shape {
  names: string[];
  parsers: ((text: string) => unknown)[];
  /** A row without values, its keys in the statement's order. */
  blank: Record<string, unknown>;
}

export interface Answer {
  rows: Record<string, unknown>[];
  /** The rows a write touched. */
  count: number;
  /** As the server names what it did: `SELECT`, `COMMIT`, `ROLLBACK`. */
  command: string;
}

/** One statement of a group, as it goes to the server. */
export interface Statement {
  name: string | undefined;
  text: string;
  values: unknown[];
  rows: Record<string, unknown>[];
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/** The parts of the driver that are used here. */
interface Wire {
  stream: { cork(): void; uncork(): void };
  /** Kept by the driver: what the server has parsed, and what it was asked to parse, by name. */
  parsedStatements: Record<string, string | undefined>;
  submittedNamedStatements: Record<string, string | undefined>;
  parse(statement: { name: string | undefined; text: string }): void;
  bind(config: { statement: string | undefined; values: unknown[] }): void;
  describe(config: { type: 'P' }): void;
  execute(config: object): void;
  sync(): void;
}

const Driver = pg.Query as unknown as new (text: string, values: unknown[], answered: () => void) => object;

const shapes = new WeakMap<Wire, Map<string, Shape>>();
const noShape: Shape = { names: [], parsers: [], blank: {} };

/** The refusal of what follows a failure, as the server words it inside a transaction. */
export const echoCode = '25P02';

/** The server refused a statement; what fails otherwise, or with the server's end, tells nothing of what it has done. */
export const isServersAnswer = (error: unknown): boolean => {
  const answer = error instanceof Error && error.cause ? error.cause : error;
  return answer instanceof pg.DatabaseError && !/^(08|57|58|XX)/.test(answer.code ?? 'XX');
};

/**
 * Statements that leave together and are answered together: one write there, one back. Each is prepared, and described
 * once a connection, where the driver would have the server describe and synchronise at every run.
 *
 * A group holds or fails as a whole, and nobody hears before the server is through with it: outside a transaction it is
 * one, which is committed at its end. One that fails is told why, and its neighbours that they are its echo.
 */
class StatementGroup extends Driver {
  private readonly statements: Statement[];
  private readonly shapesKnown: Map<string, Shape>;
  /** The one that is being answered. */
  private at = 0;
  private shape: Shape | undefined;
  private failure: unknown;
  private readonly answers: (() => void)[] = [];

  constructor(statements: Statement[], connection: Wire) {
    super('', [], () => undefined);
    this.statements = statements;
    this.shapesKnown = shapes.get(connection) ?? new Map();
    shapes.set(connection, this.shapesKnown);
    // The driver notes under these what the server has parsed; its own fields would hide an accessor.
    Object.defineProperty(this, 'name', { get: () => this.statements[this.at]?.name });
    Object.defineProperty(this, 'text', { get: () => this.statements[this.at]?.text });
    this.nextShape();
  }

  submit(connection: Wire): null {
    const { parsedStatements: parsed, submittedNamedStatements: parsing } = connection;
    connection.stream.cork();
    for (const { name, text, values } of this.statements) {
      if (name === undefined || !(parsed[name] ?? parsing[name])) {
        connection.parse({ name, text });
        if (name !== undefined) parsing[name] = text;
      }
      connection.bind({ statement: name, values });
      if (name === undefined || !this.shapesKnown.has(name)) connection.describe({ type: 'P' });
      connection.execute({});
    }
    connection.sync();
    connection.stream.uncork();
    return null;
  }

  handleRowDescription({ fields }: { fields: pg.FieldDef[] }): void {
    this.shape = {
      names: fields.map((field) => field.name),
      parsers: fields.map((field) => pg.types.getTypeParser(field.dataTypeID, 'text')),
      blank: Object.fromEntries(fields.map((field) => [field.name, null])),
    };
  }

  handleDataRow({ fields: texts }: { fields: (string | null)[] }): void {
    if (this.failure) return;
    const { names, parsers, blank } = this.shape as Shape;
    const row = { ...blank };
    try {
      for (let n = 0; n < texts.length; n++) {
        const text = texts[n] as string | null;
        if (text !== null) row[names[n] as string] = parsers[n]?.(text);
      }
      this.statements[this.at]?.rows.push(row);
    } catch (error) {
      this.failure = error;
    }
  }

  handleCommandComplete({ text }: { text: string }): void {
    const { name, rows, resolve, reject } = this.statements[this.at] as Statement;
    if (name !== undefined) this.shapesKnown.set(name, this.shape ?? noShape);
    const { failure } = this;
    this.answers.push(() => (failure ? reject(failure) : resolve({ rows, ...readTag(text) })));
    this.at++;
    this.failure = undefined;
    this.nextShape();
  }

  handleError(error: Error, { submittedNamedStatements: parsing }: Wire): void {
    // The trace that leads to the socket says nothing.
    Error.captureStackTrace(error);
    for (const { name } of this.statements.slice(this.at)) if (name !== undefined) delete parsing[name];
    const failed = this.statements[this.at];
    failed?.reject(error);
    // All were answered, and their commit failed; or one was not.
    const echo = failed
      ? Object.assign(new Error('a statement of the same group failed'), { code: echoCode })
      : error;
    for (const statement of this.statements) statement.reject(echo);
    this.at = this.statements.length;
  }

  handleReadyForQuery(): void {
    for (const answer of this.answers) answer();
  }

  private nextShape(): void {
    const name = this.statements[this.at]?.name;
    this.shape = name === undefined ? undefined : this.shapesKnown.get(name);
  }
}

/** `INSERT 0 3`, `UPDATE 3`, `COMMIT`: what was done, and to how many rows. */
function readTag(tag: string): Pick<Answer, 'command' | 'count'> {
  const [command = '', ...counts] = tag.split(' ');
  return { command, count: Number(counts.at(-1) ?? 0) || 0 };
}

/** Sends statements as one group. */
export function sendGroup(client: pg.PoolClient, statements: Statement[]): void {
  const { connection } = client as unknown as { connection: Wire };
  client.query(new StatementGroup(statements, connection) as unknown as pg.Submittable);
}
