import type { CommandContext } from '../../../../platform/command.ts';
import type { Desk } from '../../../../platform/desk.ts';
import { notFound } from '../../../../platform/http/errors.ts';
import { actorOf, type Principal } from '../../../../platform/http/principal.ts';
import { route } from '../../../../platform/http/route.ts';
import {
  heldShape,
  idParams,
  joinMailBody,
  ledgerQuery,
  type Mail,
  mailPage,
  mailShape,
} from '../../contract.ts';
import { discardMail, joinMail, releaseMail, reprocessMail, restoreMail, undoMail } from './decide-mail.ts';
import { countHeld, listMails, presentMail } from './list-mails.ts';
import { findMail } from './mail-row.ts';
import { readRawMail } from './raw-mail.ts';

const path = '/api/desk/v1/mail/ledger';

async function showMail(desk: Desk, id: number): Promise<Mail> {
  const row = await findMail(desk.db, id);
  if (!row) throw notFound('This mail');
  return presentMail(row);
}

type Decide = (cx: CommandContext, input: { mailId: number }) => Promise<void>;

/** A decision without further words: the mail as it stands afterwards. */
function decision(method: 'POST' | 'DELETE', verb: string, summary: string, decide: Decide) {
  return route({
    method,
    path: `${path}/:id/${verb}`,
    policy: 'mail.decide',
    summary,
    params: idParams,
    response: mailShape,
    status: 200,
    handle: async ({ desk, principal, params }) => {
      await desk.run(actorOf(principal as Principal), (cx) => decide(cx, { mailId: params.id }));
      return showMail(desk, params.id);
    },
  });
}

export const ledgerRoutes = [
  route({
    method: 'GET',
    path,
    policy: 'mail.read',
    summary: 'Every mail that was accepted and its fate, newest first',
    query: ledgerQuery,
    response: mailPage,
    handle: ({ desk, query }) => listMails(desk.db, query),
  }),
  route({
    method: 'GET',
    path: `${path}/held`,
    policy: 'mail.read',
    summary: 'How many mails wait for a decision: held by a screen, or quarantined by the reader',
    response: heldShape,
    handle: ({ desk }) => countHeld(desk.db),
  }),
  route({
    method: 'GET',
    path: `${path}/:id`,
    policy: 'mail.read',
    summary: 'One mail and its fate',
    params: idParams,
    response: mailShape,
    handle: ({ desk, params }) => showMail(desk, params.id),
  }),
  route({
    method: 'GET',
    path: `${path}/:id/raw`,
    policy: 'mail.read',
    summary: 'The mail as it came, byte for byte',
    params: idParams,
    raw: ['message/rfc822'],
    handle: async ({ desk, params, reply }) => {
      const raw = await readRawMail(desk, params.id);
      return reply
        .headers({
          'content-type': 'message/rfc822',
          'content-disposition': `attachment; filename="mail-${params.id}.eml"`,
          'x-content-type-options': 'nosniff',
          'content-security-policy': "sandbox; default-src 'none'",
        })
        .send(raw);
    },
  }),
  decision('POST', 'release', 'Let a held mail in without screening it again', releaseMail),
  decision('POST', 'reprocess', 'Read a held mail again as if it had just come', reprocessMail),
  decision('POST', 'discard', 'Put a held mail away', discardMail),
  decision('DELETE', 'discard', 'Take a discarded mail back', restoreMail),
  decision('POST', 'undo', 'Take a mail off its ticket and hold it again', undoMail),
  route({
    method: 'POST',
    path: `${path}/:id/join`,
    policy: 'mail.decide',
    summary: 'Put a held mail on a ticket as its sender’s message',
    params: idParams,
    body: joinMailBody,
    response: mailShape,
    status: 200,
    handle: async ({ desk, principal, params, body }) => {
      const order = { mailId: params.id, ticketId: body.ticketId };
      await desk.run(actorOf(principal as Principal), (cx) => joinMail(cx, order));
      return showMail(desk, params.id);
    },
  }),
];
