import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Cast, openCast } from '../../../test/cast/company.ts';

let cast: Cast;
beforeAll(async () => {
  cast = await openCast();
});
afterAll(() => cast.desk.close());

async function faultsOf(body: unknown): Promise<Record<string, string>> {
  const answer = await cast.call(cast.ben, 'POST', '/tickets', body);
  expect(answer.status).toBe(422);
  return answer.body.error.fields;
}

it('says what is lacking, and of a choice of shapes what is wrong with the nearest', async () => {
  expect(await faultsOf({})).toEqual({ subject: 'required', requester: 'required', message: 'required' });
  const rest = { subject: 'Kettle', message: { text: 'It leaks.' } };
  expect(Object.keys(await faultsOf({ ...rest, requester: { email: 'nobody' } }))).toEqual([
    'requester.email',
  ]);
  expect(await faultsOf({ ...rest, requester: { id: cast.mia, nick: 'Mia' } })).toEqual({
    'requester.nick': 'unknown field',
  });
  expect(Object.keys(await faultsOf({ ...rest, requester: 7 }))).toEqual(['requester']);
});
