import { expect, it } from 'vitest';
import { createByteRoom } from './byte-room.ts';

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
const never = { milliseconds: 20, refuse: () => new Error('no room') };

it('lets in what fits, in the order of asking, and the next when somebody leaves', async () => {
  const room = createByteRoom(100);
  const entered: string[] = [];
  const enter = async (name: string, bytes: number) => {
    const leave = await room.take(bytes);
    entered.push(name);
    return leave;
  };
  const first = await enter('first', 60);
  const large = enter('large', 50);
  const small = enter('small', 10);
  await settled();
  // The small one fits, but a large one that is overtaken for ever would never enter.
  expect(entered).toEqual(['first']);
  first();
  first();
  (await large)();
  (await small)();
  expect(entered).toEqual(['first', 'large', 'small']);
  expect(await room.take(100)).toBeTypeOf('function');
});

it('lets in alone what is larger than the room', async () => {
  const room = createByteRoom(10);
  const leave = await room.take(1000);
  const other = room.take(1);
  leave();
  (await other)();
});

it('refuses who has waited long enough, and serves who stood behind', async () => {
  const room = createByteRoom(10);
  const leave = await room.take(6);
  const impatient = room.take(10, never);
  const behind = room.take(4);
  await expect(impatient).rejects.toThrow('no room');
  (await behind)();
  leave();
  (await room.take(10, never))();
});
