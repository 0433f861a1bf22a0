import { actorOf, type Principal } from '../../platform/http/principal.ts';
import { route } from '../../platform/http/route.ts';
import {
  attachmentShape,
  fileParams,
  fileQuery,
  pictureQuery,
  ticketParams,
  uploadQuery,
} from './contract.ts';
import { sendFile } from './send-file.ts';
import { sendPicture } from './send-picture.ts';
import { uploadedBytes, uploadFile } from './upload-file.ts';

const mostBytes = 25 * 1024 * 1024;

export const fileRoutes = [
  route({
    method: 'POST',
    path: '/api/desk/v1/uploads',
    policy: 'file.upload',
    summary: 'Upload one file, at most 25 MB, as raw bytes; its key goes into `attachments` of a message',
    query: uploadQuery,
    response: attachmentShape,
    bodyLimit: mostBytes,
    takesBytes: 'application/octet-stream',
    handle: ({ desk, principal, query, http }) =>
      uploadFile(desk, actorOf(principal as Principal), {
        fileName: query.filename,
        contentType: query.type ?? http.headers['content-type'] ?? '',
        bytes: uploadedBytes(http.body),
      }),
  }),
  route({
    method: 'GET',
    path: '/api/desk/v1/files/:key',
    policy: 'file.read',
    summary: 'A file of a message you may read; `?inline=1` shows a picture',
    params: fileParams,
    query: fileQuery,
    raw: ['*/*'],
    handle: ({ desk, principal, params, query, reply }) =>
      sendFile(desk, principal as Principal, { key: params.key, inline: query.inline === '1' }, reply),
  }),
  route({
    method: 'GET',
    path: '/api/desk/v1/messages/:id/pictures',
    policy: 'file.read',
    summary: 'A picture that a message shows from elsewhere, fetched by the desk instead of by its reader',
    params: ticketParams,
    query: pictureQuery,
    raw: ['image/*'],
    handle: ({ desk, principal, params, query, reply }) =>
      sendPicture(desk, principal as Principal, { messageId: params.id, source: query.source }, reply),
  }),
];
