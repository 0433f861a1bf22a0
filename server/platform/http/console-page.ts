import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import fixedFiles from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Desk } from '../desk.ts';
import { escapeHtml } from '../html.ts';
import { failureBody, toHttpError } from './failures.ts';

const webFolder = path.resolve(import.meta.dirname, '../../../dist/web/console');
const longestWaitMs = 500;

/** The console's bundle, and its page for every address that is no file and no API. */
export async function addConsole(app: FastifyInstance, desk: Desk): Promise<void> {
  const file = await readFile(path.join(webFolder, 'index.html'), 'utf8').catch(() => null);
  const page = file === null ? null : underOwnName(file, nameOf(desk));
  if (page) {
    await app.register(fixedFiles, {
      root: webFolder,
      wildcard: true,
      index: false,
      immutable: true,
      maxAge: '365d',
      setHeaders: (reply, name) => {
        if (!name.includes('/assets/')) reply.header('cache-control', 'no-cache');
      },
    });
    app.get('/', async (_request, reply) => sendPage(reply, await page()));
  }
  app.setNotFoundHandler(async (request, reply) => {
    const wantsPage =
      page && request.method === 'GET' && !request.url.startsWith('/api/') && !request.url.includes('.');
    if (wantsPage) return sendPage(reply, await page());
    const failure = toHttpError(Object.assign(new Error('not found'), { statusCode: 404 }));
    return reply.status(404).send(failureBody(request.url, failure, request.id));
  });
}

function nameOf(desk: Desk): () => Promise<string | undefined> {
  const told = desk.modules.find((module) => module.deskName);
  return async () => told?.deskName?.(desk);
}

const titleIn = /<title>.*?<\/title>/;

/**
 * The page with the desk's name for its title: a stranger sees whose page it is, and the screens take the name from
 * there. A database that is away or slow holds up no page; it bears the name that was heard last.
 */
export function underOwnName(
  page: string,
  readName: () => Promise<string | undefined>,
): () => Promise<string> {
  let title = titleIn.exec(page)?.[0] ?? '';
  const hear = async () => {
    const name = await readName();
    if (name !== undefined) title = `<title>${escapeHtml(name)}</title>`;
  };
  return async () => {
    await Promise.race([hear().catch(() => undefined), pause(longestWaitMs)]);
    return page.replace(titleIn, () => title);
  };
}

function sendPage(reply: FastifyReply, page: string): FastifyReply {
  return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page);
}
