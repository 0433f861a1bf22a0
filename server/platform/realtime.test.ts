import { afterAll, beforeAll, it } from 'vitest';
import { openTestDesk, type TestDesk } from '../../test/desk.ts';
import { openSignals } from './realtime.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.close());

it('closes while it still connects, as a command does that is refused at once', async () => {
  const signals = await openSignals(desk.db, desk.connection, desk.log);
  await signals.close();
}, 10_000);
