import { z } from 'zod';
import { tagsShape } from './ticket-body.ts';
import { type Asking, idParams, wireRoute } from './wire-route.ts';

interface Tagged {
  /** As in its path: `users`, `organizations`. */
  path: string;
  /** In words, with its article. */
  name: string;
  read(asking: Asking, id: number): Promise<string[]>;
  write(asking: Asking, id: number, tags: string[]): Promise<void>;
}

const verbs = { POST: 'Set the tags of', PUT: 'Add tags to', DELETE: 'Take tags from' } as const;

/** The four routes of a record's tags. */
export function tagRoutes({ path, name, read, write }: Tagged) {
  return [
    wireRoute({
      method: 'GET',
      path: `/${path}/:id/tags`,
      policy: 'wire.read',
      summary: `The tags of ${name}`,
      params: idParams,
      answer: async (asking, { id }) => ({ tags: await read(asking, id) }),
    }),
    ...(['POST', 'PUT', 'DELETE'] as const).map((method) =>
      wireRoute({
        method,
        path: `/${path}/:id/tags`,
        policy: 'wire.write',
        summary: `${verbs[method]} ${name}`,
        params: idParams,
        status: 200,
        body: z.strictObject({ tags: tagsShape }),
        answer: async (asking, { id }, { tags }) => {
          const after = retag(method, await read(asking, id), tags);
          await write(asking, id, [...new Set(after)]);
          return { tags: await read(asking, id) };
        },
      }),
    ),
  ];
}

function retag(method: keyof typeof verbs, before: string[], given: string[]): string[] {
  if (method === 'POST') return given;
  return method === 'PUT' ? [...before, ...given] : before.filter((tag) => !given.includes(tag));
}
