import { serialize } from 'node:v8';
import type { CommandContext, CommandRunner } from '../command.ts';
import { sql } from '../db/database.ts';
import type { Desk } from '../desk.ts';
import { conflict } from './errors.ts';

/** One try's hold on an Idempotency-Key, and what the commands of the tries before it made, in their order. */
export interface Claim {
  id: string;
  scope: string;
  key: string;
  done: unknown[];
}

/**
 * The desk for one try: each command writes down what it made in its own transaction, and one that an earlier try did is
 * not done again but answers what it made then. So a request that was cut off between its commands, or before its answer,
 * has its effects once. Its commands must come in the same order every time.
 */
export function deskUnder(desk: Desk, claim: Claim): Desk {
  let turn = 0;
  const noting =
    <R, L>(command: (cx: CommandContext, first: L) => Promise<R>) =>
    async (cx: CommandContext, first: L): Promise<R> => {
      const made = await command(cx, first);
      await note(cx, claim, made);
      return made;
    };
  const runner: CommandRunner = {
    async run<R>(...[actor, command, options]: Parameters<typeof desk.run<R>>): Promise<R> {
      const n = turn++;
      return n < claim.done.length
        ? (claim.done[n] as R)
        : desk.run(actor, (cx) => noting(command)(cx, undefined), options);
    },
    async runAndRead(actor, work) {
      const n = turn++;
      if (n < claim.done.length) return desk.db.together((tx) => work.read(tx, claim.done[n] as never));
      return desk.runAndRead(actor, { ...work, command: noting(work.command) });
    },
  };
  return Object.assign(Object.create(desk), runner);
}

async function note(cx: CommandContext, { id, scope, key }: Claim, made: unknown): Promise<void> {
  const noted = await cx.tx.write(sql`
    update idempotency_keys set made = made || array[${serialize(made)}::bytea]
    where scope = ${scope} and key = ${key} and claim = ${id}`);
  if (noted === 0) throw conflict('Another request under this Idempotency-Key went on with it.');
}
