import { invalid } from '../../platform/http/errors.ts';
import { actorOf, type Principal } from '../../platform/http/principal.ts';
import { route } from '../../platform/http/route.ts';
import { importHistory } from './import-history.ts';

const mostBytes = 64 * 1024 * 1024;

export const importRoutes = [
  route({
    method: 'POST',
    path: '/api/desk/v1/imports/history',
    policy: 'history.import',
    summary: 'Whole ticket histories as NDJSON, one ticket a line; the answer names the fate of each line',
    status: 200,
    raw: ['application/json'],
    takesBytes: 'application/x-ndjson',
    bodyLimit: mostBytes,
    handle: async ({ desk, principal, http, reply }) => {
      if (!Buffer.isBuffer(http.body)) throw invalid({ body: 'send NDJSON, one ticket a line' });
      const items = await importHistory(desk, actorOf(principal as Principal), http.body.toString('utf8'));
      const count = (fate: string) => items.filter((item) => item.fate === fate).length;
      const counts = {
        created: count('created'),
        extended: count('extended'),
        unchanged: count('unchanged'),
        refused: count('refused'),
      };
      // Where nothing at all could be taken, a script that reads only the status must notice.
      const nothing = items.length > 0 && counts.refused === items.length;
      return reply
        .status(nothing ? 422 : 200)
        .type('application/json; charset=utf-8')
        .send(JSON.stringify({ items, ...counts }));
    },
  }),
];
