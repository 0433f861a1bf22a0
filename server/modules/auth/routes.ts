import { forbidden, notFound } from '../../platform/http/errors.ts';
import { actorOf } from '../../platform/http/principal.ts';
import { route } from '../../platform/http/route.ts';
import { changeDeskSettings } from './change-desk-settings.ts';
import {
  apiTokenShape,
  auditEntryShape,
  auditQuery,
  changeSettingsBody,
  idParams,
  newApiTokenBody,
  newApiTokenShape,
  pageOf,
  pageQuery,
  sessionShape,
  settingsShape,
  signInBody,
} from './contract.ts';
import { createApiToken } from './create-api-token.ts';
import { endSession } from './end-sessions.ts';
import { staffOf } from './policy.ts';
import { listApiTokens, listAudit } from './queries.ts';
import { revokeApiTokens } from './revoke-api-tokens.ts';
import { clearSessionCookie, readSessionCookie } from './session-cookie.ts';
import { readDeskSettings } from './settings.ts';
import { signIn } from './sign-in.ts';

const at = '/api/desk/v1';

export const routes = [
  route({
    method: 'POST',
    path: `${at}/session`,
    policy: 'session.start',
    summary: 'Sign in with a password; the session is a cookie',
    unrepeatable: true,
    body: signInBody,
    response: sessionShape,
    handle: async ({ desk, http, reply, body: { email, password } }) => {
      const { credentialId, expiresAt } = await signIn({ desk, http, reply }, email, password);
      return { credentialId, expiresAt: expiresAt.toISOString() };
    },
  }),
  route({
    method: 'DELETE',
    path: `${at}/session`,
    policy: 'session.end',
    summary: 'Sign out',
    status: 204,
    handle: async ({ desk, http, reply, principal }) => {
      const token = readSessionCookie(desk.config, http);
      clearSessionCookie(desk.config, reply);
      if (principal?.via !== 'session' || !token) return;
      await desk.run(actorOf(principal), (cx) => endSession(cx, token, 'signed_out'));
    },
  }),
  route({
    method: 'GET',
    path: `${at}/api-tokens`,
    policy: 'token.own',
    summary: 'Your own API tokens, newest first',
    query: pageQuery,
    response: pageOf(apiTokenShape),
    handle: ({ desk, principal, query }) =>
      listApiTokens(desk.db, staffOf(principal).id, query.cursor, query.limit),
  }),
  route({
    method: 'POST',
    path: `${at}/api-tokens`,
    policy: 'token.own',
    summary: 'Make an API token; it is shown this one time',
    unrepeatable: true,
    body: newApiTokenBody,
    response: newApiTokenShape,
    handle: async ({ desk, principal, body: { name, scopes } }) => {
      const owner = staffOf(principal);
      if (scopes.some((scope) => !owner.scopes.includes(scope)))
        throw forbidden('A token cannot make a wider one.');
      const made = await desk.run(actorOf(owner), (cx) =>
        createApiToken(cx, { staffId: owner.id, name, scopes }),
      );
      const { items } = await listApiTokens(desk.db, owner.id, made.tokenId + 1, 1);
      return { ...items[0]!, token: made.token };
    },
  }),
  route({
    method: 'DELETE',
    path: `${at}/api-tokens/:id`,
    policy: 'token.own',
    summary: 'Revoke one of your API tokens',
    params: idParams,
    status: 204,
    handle: async ({ desk, principal, params }) => {
      const owner = staffOf(principal);
      const revoked = await desk.run(actorOf(owner), (cx) => revokeApiTokens(cx, owner.id, params.id));
      if (revoked === 0) throw notFound('That token');
    },
  }),
  route({
    method: 'GET',
    path: `${at}/settings`,
    policy: 'settings.read',
    summary: 'The desk’s settings',
    response: settingsShape,
    handle: ({ desk }) => readDeskSettings(desk.db),
  }),
  route({
    method: 'PATCH',
    path: `${at}/settings`,
    policy: 'settings.change',
    summary: 'Change some of the desk’s settings',
    body: changeSettingsBody,
    response: settingsShape,
    handle: async ({ desk, principal, body }) => {
      await desk.run(actorOf(staffOf(principal)), (cx) => changeDeskSettings(cx, body));
      return readDeskSettings(desk.db);
    },
  }),
  route({
    method: 'GET',
    path: `${at}/audit`,
    policy: 'audit.read',
    summary: 'What happened to staff, access, customers and settings, newest first',
    query: auditQuery,
    response: pageOf(auditEntryShape),
    handle: ({ desk, query }) => listAudit(desk.db, query),
  }),
];
