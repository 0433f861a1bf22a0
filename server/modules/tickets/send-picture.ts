import type { FastifyReply } from 'fastify';
import type { Desk } from '../../platform/desk.ts';
import { HttpError, notFound } from '../../platform/http/errors.ts';
import type { Principal } from '../../platform/http/principal.ts';
import { fetchOutside, type Outside, OutsideRefused } from '../../platform/outbound/fetch-outside.ts';
import { rasterTypeOf } from './raster-image.ts';
import { findMessageRow } from './read-messages.ts';
import { headersOfStrangers } from './send-file.ts';
import { canSeeMessage } from './sight-of-message.ts';

const limits = { bytes: 5 * 1024 * 1024, seconds: 10, redirects: 3 };

/**
 * A picture that a mail shows from elsewhere, fetched by the desk when a reader asks for it: its sender learns that it
 * was looked at, and not by whom or from where. Only what the message itself names is fetched.
 * @throws 404, and 502 where no picture comes
 */
export async function sendPicture(
  desk: Desk,
  principal: Principal,
  wanted: { messageId: number; source: string },
  reply: FastifyReply,
): Promise<FastifyReply> {
  const message = await findMessageRow(desk.db, wanted.messageId);
  const isNamed =
    message && [message.html, message.quoteHtml].some((html) => picturesOf(html).includes(wanted.source));
  if (!message || !isNamed || !(await canSeeMessage(desk.db, principal, message)))
    throw notFound('This picture');
  const { status, bytes } = await fetchPicture(wanted.source, desk);
  const type = status === 200 ? rasterTypeOf(bytes.subarray(0, 16)) : null;
  if (!type) throw unavailable(status === 200 ? 'what came is no picture' : `it answered ${status}`);
  return reply
    .headers({
      ...headersOfStrangers,
      'content-type': type,
      'content-length': bytes.length,
      'content-disposition': 'inline',
      'cache-control': 'private, max-age=600',
    })
    .send(bytes);
}

async function fetchPicture(source: string, desk: Desk): Promise<Outside> {
  try {
    return await fetchOutside(source, limits, desk.config.outboundAllow);
  } catch (error) {
    if (error instanceof OutsideRefused) throw unavailable(error.message);
    throw error;
  }
}

const unavailable = (why: string) =>
  new HttpError(502, 'picture_unavailable', `The picture cannot be shown: ${why}.`);

/** Read from HTML that was cleaned on the way in, where it stands as the cleaner writes it. */
function picturesOf(html: string | null): string[] {
  return [...(html ?? '').matchAll(/ data-firstline-src="([^"]*)"/g)].map(([, written = '']) =>
    written
      .replaceAll('&quot;', '"')
      .replaceAll('&gt;', '>')
      .replaceAll('&lt;', '<')
      .replaceAll('&amp;', '&'),
  );
}
