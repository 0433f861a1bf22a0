import { invalid, notFound } from '../../platform/http/errors.ts';
import { actorOf } from '../../platform/http/principal.ts';
import { canSee, ticketFiles, ticketReads } from '../tickets/index.ts';
import { presentAttachment } from './present-comment.ts';
import { idParams, textOf, wireRoute } from './wire-route.ts';

const uploadLifeHours = 24;

/** A token names the files uploaded under it, joined by dots. */
const keysOf = (token: string): string[] => token.split('.').filter((key) => key !== '');

/** Clients of the format name every body JSON, or binary. */
const saysNothing = (type: string, fileName: string): boolean =>
  type.startsWith('application/binary') ||
  (type.startsWith('application/json') && !fileName.toLowerCase().endsWith('.json'));

export const fileRoutes = [
  wireRoute({
    method: 'POST',
    path: '/uploads',
    policy: 'wire.write',
    summary: 'Upload a file: its bytes as the body, ?filename=; the token goes into a comment',
    bodyLimit: 25 * 1024 * 1024,
    takesBytes: 'application/octet-stream',
    answer: async (asking) => {
      const fileName = textOf(asking.query, 'filename');
      if (!fileName) throw invalid({ filename: 'required' });
      const bytes = ticketFiles.uploadedBytes(asking.http.body);
      const given = asking.http.headers['content-type'] ?? '';
      const contentType = saysNothing(given, fileName) ? 'application/octet-stream' : given;
      const file = await ticketFiles.uploadFile(asking.desk, actorOf(asking.who), {
        fileName,
        contentType,
        bytes,
      });
      const keys = [...keysOf(textOf(asking.query, 'token') ?? ''), file.key];
      const attachments = (await ticketFiles.listFiles(asking.desk.db, keys)).map((row) =>
        presentAttachment(asking.base, row),
      );
      const expires = new Date(
        (asking.desk.clock.fixed() ?? new Date()).getTime() + uploadLifeHours * 3_600_000,
      );
      return {
        upload: {
          token: keys.join('.'),
          expires_at: expires.toISOString(),
          attachment: attachments.at(-1),
          attachments,
        },
      };
    },
  }),
  wireRoute({
    method: 'GET',
    path: '/attachments/:id',
    policy: 'wire.read',
    summary: 'One attachment',
    params: idParams,
    answer: async (asking, { id }) => {
      const row = await ticketFiles.findFile(asking.desk.db, id);
      const seen =
        row &&
        (row.ticketId === null
          ? row.uploadedBy === asking.who.id
          : canSee(asking.who, await ticketReads.getTicketRow(asking.desk.db, row.ticketId)));
      if (!row || !seen) throw notFound('This attachment');
      return { attachment: presentAttachment(asking.base, row) };
    },
  }),
];
