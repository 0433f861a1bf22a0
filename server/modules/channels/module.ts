import type { Desk } from '../../platform/desk.ts';
import { system } from '../../platform/events/event-map.ts';
import type { DeskModule } from '../../platform/module.ts';
import './events.ts';
import { acknowledgeMail } from './email/acknowledge.ts';
import { doorRoutes } from './email/door-routes.ts';
import { dropMailFile } from './email/ledger/drop-file.ts';
import { ledgerRoutes } from './email/ledger/routes.ts';
import { enqueueNextRun, storeRaws } from './email/ledger/store-raws.ts';
import { listenSmtp } from './email/listen-smtp.ts';
import { outboxRoutes } from './email/outbox/routes.ts';
import { sendOutgoing } from './email/outbox/send-mail.ts';
import { readMails, readOneMail } from './email/read-mails.ts';
import { sendLink } from './email/send-link.ts';
import { readMailKeys } from './email/threads/mail-keys.ts';
import { ensureFirstInbox } from './inboxes/first-inbox.ts';
import { inboxRoutes } from './inboxes/routes.ts';
import { policies } from './policy.ts';
import { reactions } from './reactions.ts';

export const channelsModule: DeskModule = {
  name: 'channels',
  policies,
  routes: [...inboxRoutes, ...ledgerRoutes, ...outboxRoutes, ...doorRoutes],
  reactions,
  jobs: {
    'mail.read': readMails,
    'mail.read_one': readOneMail,
    'mail.acknowledge': acknowledgeMail,
    'mail.send': sendOutgoing,
    'mail.store_raws': storeRaws,
    'mail.drop_file': dropMailFile,
    'auth.mail_link': sendLink,
  },
  prepare,
  open: openMailDoor,
};

async function prepare(desk: Desk): Promise<void> {
  await readMailKeys(desk.db);
  await desk.run(system, async (cx) => {
    await ensureFirstInbox(cx);
    enqueueNextRun(cx);
  });
}

async function openMailDoor(desk: Desk) {
  const at = desk.config.smtpListen;
  if (!at) return { doors: ['Mail (SMTP):  off'], close: async () => undefined };
  const door = await listenSmtp(desk, at);
  return { doors: [`Mail (SMTP):  ${at.host}:${door.port}`], close: door.close };
}
