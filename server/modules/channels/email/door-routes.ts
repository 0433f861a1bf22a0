import { route } from '../../../platform/http/route.ts';
import { mailDoorsShape } from '../contract.ts';

export const doorRoutes = [
  route({
    method: 'GET',
    path: '/api/desk/v1/mail/doors',
    policy: 'mail.doors',
    summary: 'Where this desk hears mail, and whether its own mail leaves by a relay or is kept',
    response: mailDoorsShape,
    handle: async ({ desk: { config } }) => ({
      listen: config.smtpListen && `${config.smtpListen.host}:${config.smtpListen.port}`,
      relay: config.smtpUrl !== null,
    }),
  }),
];
