import { createApiToken } from './create-api-token.ts';
import { endSessions } from './end-sessions.ts';
import { consumeMailLink, findMailLink, issueMailLink, voidMailLinks } from './mail-links.ts';
import { hashPassword, refuseCommonPassword, verifyPassword } from './passwords.ts';
import { revokeApiTokens } from './revoke-api-tokens.ts';
import { setSessionCookie } from './session-cookie.ts';
import { openSession } from './sign-in.ts';
import { startSession } from './start-session.ts';

export { authenticate } from './authenticate.ts';
export { isAdmin, isAnybody, isCustomer, isLead, isManager, isStaff, staffOf } from './policy.ts';
export { deskSettings } from './settings.ts';
export { deskKey } from './tokens.ts';

/** What the modules of people need to sign somebody in, and to end it. */
export const access = {
  hashPassword,
  verifyPassword,
  refuseCommonPassword,
  startSession,
  openSession,
  endSessions,
  setSessionCookie,
  createApiToken,
  revokeApiTokens,
};

/** Links sent by mail: made, turned into a letter, and used once. */
export const mailLinks = {
  issue: issueMailLink,
  find: findMailLink,
  consume: consumeMailLink,
  void: voidMailLinks,
};
