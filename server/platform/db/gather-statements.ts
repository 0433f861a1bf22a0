import type pg from 'pg';
import { prepareValue } from 'pg/lib/utils.js';
import type { Sql } from 'sql-template-tag';
import { type Answer, type Statement, sendGroup } from './prepared-query.ts';
import { type Named, nameStatement } from './statement-name.ts';

/**
 * A question that several may ask in one statement, since most of what a small statement costs is the statement: each
 * brings an item, and hears the rows that are `of` its item's `key`. Its text must not depend on the items.
 */
export interface Joint<Item, Row extends object = never> {
  statement(items: readonly Item[]): Sql;
  /** What an item is about. Two about the same are two statements. */
  key(item: Item): unknown;
  /** What a row is about. A write that nobody hears of has none. */
  of?(row: Row): unknown;
  /** What the database's refusal means to whoever asked. */
  meaning?(error: unknown): unknown;
}

interface JointStatement {
  joint: Joint<unknown, object>;
  items: unknown[];
  heard: Map<unknown, { resolve(rows: object[]): void; reject(error: unknown): void }>;
}

type Asked = Statement | JointStatement;

const gathered = new WeakMap<pg.PoolClient, Asked[]>();

/** What one turn of the event loop asks of a connection is one group. */
function groupOf(client: pg.PoolClient): Asked[] {
  const group = gathered.get(client) ?? [];
  if (!gathered.has(client)) {
    gathered.set(client, group);
    process.nextTick(() => sendGathered(client));
  }
  return group;
}

/** Sends now what this turn has asked so far: for what must not be one group with it. */
export function sendGathered(client: pg.PoolClient): void {
  const group = gathered.get(client);
  if (!group) return;
  gathered.delete(client);
  try {
    sendGroup(
      client,
      group.map((asked) => ('joint' in asked ? closeJoint(asked) : asked)),
    );
  } catch (error) {
    // Nothing of it may go: a commit could be among the rest.
    for (const asked of group) rejectAll(asked, error);
  }
}

function rejectAll(asked: Asked, error: unknown): void {
  const heard = 'joint' in asked ? [...asked.heard.values()] : [asked];
  for (const one of heard) one.reject(error);
}

/** One who asks on a connection. Those of several are answered in their own order; a joint one may go earlier. */
export interface Lane {
  ask(query: Sql): Promise<Answer>;
  join<Item, Row extends object>(joint: Joint<Item, Row>, item: Item): Promise<Row[]>;
}

const mostItems = 200;

export function openLane(client: pg.PoolClient): Lane {
  let group: Asked[] | undefined;
  /** Where in the group this one's last statement stands. */
  let last = -1;

  function place(at: number): void {
    last = at;
  }

  function current(): Asked[] {
    const now = groupOf(client);
    if (now !== group) last = -1;
    group = now;
    return now;
  }

  return {
    ask: ({ strings, values }) =>
      new Promise((resolve, reject) => {
        const asked = current();
        asked.push({ ...nameStatement(strings), values: values.map(written), rows: [], resolve, reject });
        place(asked.length - 1);
      }),
    join: <Item, Row extends object>(joint: Joint<Item, Row>, item: Item) =>
      new Promise<Row[]>((resolve, reject) => {
        const asked = current();
        const key = joint.key(item);
        const open = asked.findLastIndex((one) => 'joint' in one && one.joint === (joint as unknown));
        const known = asked[open] as JointStatement | undefined;
        const joins = known && open > last && known.items.length < mostItems && !known.heard.has(key);
        const statement: JointStatement = joins
          ? known
          : { joint: joint as unknown as JointStatement['joint'], items: [], heard: new Map() };
        if (!joins) asked.push(statement);
        statement.items.push(item);
        statement.heard.set(key, {
          resolve: resolve as (rows: object[]) => void,
          reject: (error) => reject(meaningOf(joint, error)),
        });
        place(joins ? open : asked.length - 1);
      }),
  };
}

/** Behind the words stands the refusal, which tells that nothing was written. */
function meaningOf({ meaning }: Pick<Joint<never>, 'meaning'>, error: unknown): unknown {
  const meant = meaning ? meaning(error) : error;
  if (meant !== error && meant instanceof Error) meant.cause = error;
  return meant;
}

const jointNames = new WeakMap<object, Named>();

function closeJoint(asked: JointStatement): Statement {
  const { joint, items, heard } = asked;
  const { strings, values } = joint.statement(items);
  const known = jointNames.get(joint) ?? nameStatement(strings);
  jointNames.set(joint, known);
  return {
    ...known,
    values: values.map(written),
    rows: [],
    resolve: ({ rows }) => {
      const own = joint.of ? Map.groupBy(rows, joint.of) : new Map<unknown, object[]>();
      for (const [key, one] of heard) one.resolve(own.get(key) ?? []);
    },
    reject: (error) => rejectAll(asked, error),
  };
}

const written = (value: unknown): unknown =>
  value instanceof Date ? value.toISOString() : prepareValue(value);
