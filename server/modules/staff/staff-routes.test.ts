import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPeopledDesk, type PeopledDesk } from '../../../test/cast/people.ts';
import { sql } from '../../platform/db/database.ts';
import { mailLinks } from '../auth/index.ts';

let desk: PeopledDesk;
beforeEach(async () => {
  desk = await openPeopledDesk();
});
afterEach(() => desk.close());

const columns = async (table: string) =>
  (
    await desk.db.all<{ name: string }>(
      sql`select column_name as name from information_schema.columns where table_name = ${table}`,
    )
  ).map(({ name }) => name);

describe('me', () => {
  it('tells who is signed in and at which desk', async () => {
    const { agent } = desk.people;
    expect((await desk.ask(agent, 'GET', '/me')).json()).toEqual({
      user: {
        id: agent.id,
        name: 'Ana Ruiz',
        email: agent.email,
        role: 'agent',
        ticketScope: 'all',
        locale: 'en',
        timeZone: null,
        signature: '',
        preferences: {},
        teams: [],
      },
      desk: { name: 'Firstline', timeZone: 'UTC', locale: 'en', weekStart: 'monday' },
      position: expect.any(Number),
    });
    expect((await desk.ask(null, 'GET', '/me')).statusCode).toBe(401);
    expect((await desk.ask(desk.people.customer, 'GET', '/me')).statusCode).toBe(403);
  });

  it('changes what is one’s own, and nothing else', async () => {
    const { agent } = desk.people;
    const body = {
      locale: 'be',
      timeZone: 'Europe/Minsk',
      signature: 'Ana\nLantern',
      preferences: { theme: 'dark' },
    };
    expect((await desk.ask(agent, 'PATCH', '/me', body)).json().user).toMatchObject(body);
    await desk.ask(agent, 'PATCH', '/me', { preferences: { singleKeys: false } });
    expect((await desk.ask(agent, 'GET', '/me')).json().user.preferences).toEqual({
      theme: 'dark',
      singleKeys: false,
    });
    expect(await desk.newEvents()).toEqual(['staff.changed', 'staff.changed']);
    const allowed = new Set(['locale', 'signature', 'preferences']);
    for (const column of [...(await columns('staff')), 'ticketScope', '__proto__x', 'teamIds']) {
      if (allowed.has(column)) continue;
      const answer = await desk.ask(agent, 'PATCH', '/me', { [column]: 'admin' });
      expect([answer.statusCode, answer.json().error.fields], column).toEqual([
        422,
        { [column]: 'unknown field' },
      ]);
    }
    expect((await desk.ask(agent, 'PATCH', '/me', { locale: 'fr' })).statusCode).toBe(422);
  });

  it('changes the password only with the old one, and ends the other sessions', async () => {
    const { agent } = desk.people;
    const next = 'another long one';
    const other = await desk.ask(null, 'POST', '/session', { email: agent.email, password: agent.password });
    const elsewhere = { ...agent, cookies: { firstline: other.cookies[0]!.value } };
    await desk.newEvents();
    const change = (current: string, chosen: string) =>
      desk.ask(agent, 'PUT', '/me/password', { current, new: chosen });
    expect((await change('wrong', next)).json().error.fields).toEqual({ current: 'wrong_credentials' });
    expect((await change(agent.password, 'password123')).statusCode).toBe(422);
    expect((await change(agent.password, next)).statusCode).toBe(204);
    expect(await desk.newEvents()).toEqual(['staff.password_changed', 'session.ended']);
    expect((await desk.ask(agent, 'GET', '/me')).statusCode).toBe(200);
    expect((await desk.ask(elsewhere, 'GET', '/me')).statusCode).toBe(401);
    expect(
      (await desk.ask(null, 'POST', '/session', { email: agent.email, password: agent.password })).statusCode,
    ).toBe(401);
    expect(
      (await desk.ask(null, 'POST', '/session', { email: agent.email, password: next })).statusCode,
    ).toBe(201);
  });
});

describe('staff', () => {
  it('is read by staff and managed by admins', async () => {
    const { agent, manager, customer, admin } = desk.people;
    const one = `/staff/${agent.id}`;
    const writes = [
      ['POST', '/staff', { name: 'New', email: 'new@lantern.example' }],
      ['PATCH', one, { role: 'admin' }],
      ['DELETE', one, undefined],
      ['POST', `${one}/password-link`, undefined],
    ] as const;
    for (const [method, path, body] of writes) {
      expect((await desk.ask(null, method, path, body)).statusCode).toBe(401);
      expect((await desk.ask(customer, method, path, body)).statusCode).toBe(403);
      expect((await desk.ask(agent, method, path, body)).statusCode).toBe(403);
      expect((await desk.ask(manager, method, path, body)).statusCode).toBe(403);
    }
    expect((await desk.ask(customer, 'GET', '/staff')).statusCode).toBe(403);
    expect((await desk.ask(agent, 'GET', one)).json()).toMatchObject({
      name: 'Ana Ruiz',
      role: 'agent',
      hasPassword: true,
    });
    expect((await desk.ask(agent, 'GET', '/staff/999')).statusCode).toBe(404);
    expect((await desk.ask(agent, 'GET', '/staff/zero')).statusCode).toBe(400);
    expect((await desk.ask(admin, 'PATCH', '/staff/999', { name: 'x' })).statusCode).toBe(404);
    const first = (await desk.ask(agent, 'GET', '/staff?limit=3')).json();
    const second = (await desk.ask(agent, 'GET', `/staff?limit=3&cursor=${first.nextCursor}`)).json();
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([3, 1, null]);
    expect((await desk.ask(agent, 'GET', '/staff?role=lead')).json().items).toHaveLength(1);
    expect(await desk.newEvents()).toEqual([]);
  });

  it('is invited by a mailed link that works once', async () => {
    const { admin } = desk.people;
    const made = await desk.ask(admin, 'POST', '/staff', {
      name: 'Ivan',
      email: 'Ivan@lantern.example',
      role: 'lead',
    });
    expect(made.json()).toMatchObject({ role: 'lead', hasPassword: false, version: 1 });
    expect(await desk.newEvents()).toEqual(['staff.created', 'mail_link.issued']);
    const { payload } = await desk.db.one<{ payload: { linkId: number } }>(
      sql`select payload from jobs where kind = 'auth.mail_link'`,
    );
    const link = (await mailLinks.find(desk.db, payload.linkId))!;
    expect(link).toMatchObject({ purpose: 'staff_password', staffId: made.json().id, used: false });
    expect(JSON.stringify(await desk.db.all(sql`select * from mail_links, jobs, events`))).not.toContain(
      link.token,
    );
    const choose = (token: unknown, password = 'a password of his own') =>
      desk.ask(null, 'POST', '/password', { token, new: password });
    for (const wrong of ['', 'x', link.token.slice(1), link.token.toLowerCase(), null, [link.token]]) {
      expect([401, 422]).toContain((await choose(wrong)).statusCode);
    }
    expect((await choose(link.token, 'short')).statusCode).toBe(422);
    const both = await Promise.all([choose(link.token), choose(link.token)]);
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([204, 401]);
    expect(await desk.newEvents()).toEqual(['mail_link.used', 'staff.password_changed']);
    const signIn = { email: 'ivan@lantern.example', password: 'a password of his own' };
    expect((await desk.ask(null, 'POST', '/session', signIn)).statusCode).toBe(201);
  });

  it('has a link only for as long as address and password are what they were', async () => {
    const { admin, agent } = desk.people;
    const newPassword = 'another pot for two';
    for (const change of [
      () => desk.ask(admin, 'PATCH', `/staff/${agent.id}`, { email: 'elsewhere@lantern.example' }),
      () => desk.ask(agent, 'PUT', '/me/password', { current: agent.password, new: newPassword }),
      () => desk.ask(admin, 'PATCH', `/staff/${agent.id}`, { active: false }),
    ]) {
      await desk.ask(admin, 'POST', `/staff/${agent.id}/password-link`);
      const { id } = await desk.db.one<{ id: number }>(sql`select max(id) as id from mail_links`);
      const { token } = (await mailLinks.find(desk.db, id))!;
      expect((await change()).statusCode).toBeLessThan(300);
      const late = await desk.ask(null, 'POST', '/password', { token, new: 'a pot for three' });
      expect([late.statusCode, late.json().error.code]).toEqual([401, 'link_spent']);
    }
  });

  it('refuses an old link, a used address and every column of the table', async () => {
    const { admin, agent } = desk.people;
    expect((await desk.ask(admin, 'POST', `/staff/${agent.id}/password-link`)).statusCode).toBe(204);
    const { id } = await desk.db.one<{ id: number }>(sql`select id from mail_links`);
    const { token } = (await mailLinks.find(desk.db, id))!;
    desk.clock.advance(24 * 3600);
    expect((await desk.ask(null, 'POST', '/password', { token, new: 'a password of hers' })).statusCode).toBe(
      401,
    );
    const taken = await desk.ask(admin, 'POST', '/staff', { name: 'Twin', email: agent.email.toUpperCase() });
    expect(taken.json().error.fields).toEqual({ email: 'taken' });
    const moved = await desk.ask(admin, 'PATCH', `/staff/${admin.id}`, { email: agent.email.toUpperCase() });
    expect(moved.json().error.fields).toEqual({ email: 'taken' });
    const known = new Set(['name', 'email', 'role', 'active', 'locale', 'signature', 'version']);
    for (const column of (await columns('staff')).filter((name) => !known.has(name))) {
      const answer = await desk.ask(admin, 'PATCH', `/staff/${agent.id}`, { [column]: 'x' });
      expect(answer.json().error.fields, column).toEqual({ [column]: 'unknown field' });
    }
  });

  it('mails one person at most five links an hour', async () => {
    const { admin, agent } = desk.people;
    const statuses: number[] = [];
    for (let n = 0; n < 6; n++) {
      statuses.push((await desk.ask(admin, 'POST', `/staff/${agent.id}/password-link`)).statusCode);
    }
    expect(statuses).toEqual([204, 204, 204, 204, 204, 429]);
  });

  it('shows a later writer what the earlier one left', async () => {
    const { admin, agent } = desk.people;
    const patch = (body: object) => desk.ask(admin, 'PATCH', `/staff/${agent.id}`, body);
    expect((await patch({ name: 'Ana Ruiz Sol', version: 1 })).json()).toMatchObject({ version: 2 });
    const late = await patch({ name: 'Ana', version: 1 });
    expect(late.statusCode).toBe(409);
    expect(late.json().error).toMatchObject({
      code: 'conflict',
      details: { current: { name: 'Ana Ruiz Sol', version: 2 } },
    });
    await patch({ name: 'Ana Ruiz Sol', version: 2 });
    expect(await desk.newEvents()).toEqual(['staff.changed']);
    const { data } = await desk.db.one<{ data: unknown }>(
      sql`select data from events order by id desc limit 1`,
    );
    expect(data).toEqual({ staffId: agent.id, fields: ['name'] });
  });

  it('loses sessions and tokens at once when disabled or given another role', async () => {
    const { admin, agent, lead } = desk.people;
    const { token } = (await desk.ask(agent, 'POST', '/api-tokens', { name: 'Script' })).json();
    await desk.newEvents();
    let told = 0;
    desk.signals.on('access', () => told++);
    expect((await desk.ask(admin, 'DELETE', `/staff/${agent.id}`)).statusCode).toBe(204);
    expect(await desk.newEvents()).toEqual(['staff.disabled', 'session.ended', 'token.revoked']);
    expect((await desk.ask(agent, 'GET', '/me')).statusCode).toBe(401);
    const { app } = await desk.http();
    const bearer = { url: '/api/desk/v1/me', headers: { authorization: `Bearer ${token}` } };
    expect((await app.inject(bearer)).statusCode).toBe(401);
    await desk.ask(admin, 'PATCH', `/staff/${agent.id}`, { active: true });
    expect((await app.inject(bearer)).statusCode).toBe(401);
    expect((await desk.ask(agent, 'GET', '/me')).statusCode).toBe(401);
    expect(await desk.newEvents()).toEqual(['staff.enabled']);
    await desk.ask(admin, 'PATCH', `/staff/${lead.id}`, { role: 'agent' });
    expect((await desk.ask(lead, 'GET', '/me')).statusCode).toBe(401);
    expect(await desk.newEvents()).toEqual(['staff.changed', 'session.ended']);
    expect(told).toBe(3);
  });

  it('keeps its last admin, also when two demote each other at once', async () => {
    const { admin, manager } = desk.people;
    for (const body of [{ role: 'agent' }, { active: false }]) {
      const answer = await desk.ask(admin, 'PATCH', `/staff/${admin.id}`, body);
      expect([answer.statusCode, answer.json().error.code]).toEqual([409, 'last_admin']);
    }
    expect((await desk.ask(admin, 'DELETE', `/staff/${admin.id}`)).statusCode).toBe(409);
    await desk.ask(admin, 'PATCH', `/staff/${manager.id}`, { role: 'admin' });
    const signedIn = await desk.ask(null, 'POST', '/session', {
      email: manager.email,
      password: manager.password,
    });
    const second = { ...manager, cookies: { firstline: signedIn.cookies[0]!.value } };
    await Promise.all([
      desk.ask(admin, 'PATCH', `/staff/${manager.id}`, { role: 'agent' }),
      desk.ask(second, 'PATCH', `/staff/${admin.id}`, { role: 'agent' }),
    ]);
    expect(await desk.db.all(sql`select id from staff where role = 'admin' and active`)).toHaveLength(1);
  });
});

describe('teams', () => {
  it('are read by staff, managed by admins, and give their members rights at once', async () => {
    const { admin, agent, customer } = desk.people;
    expect((await desk.ask(agent, 'POST', '/teams', { name: 'Billing' })).statusCode).toBe(403);
    expect((await desk.ask(customer, 'GET', '/teams')).statusCode).toBe(403);
    const team = (await desk.ask(admin, 'POST', '/teams', { name: 'Billing' })).json();
    expect((await desk.ask(admin, 'POST', '/teams', { name: 'BILLING' })).json().error.fields).toEqual({
      name: 'taken',
    });
    const member = `/teams/${team.id}/members/${agent.id}`;
    expect((await desk.ask(admin, 'PUT', member, { isDefault: true })).json().memberIds).toEqual([agent.id]);
    await desk.ask(admin, 'PUT', member, {});
    expect((await desk.ask(agent, 'GET', '/me')).json().user.teams).toEqual([
      { id: team.id, name: 'Billing' },
    ]);
    expect((await desk.ask(agent, 'GET', `/staff?team=${team.id}`)).json().items).toHaveLength(1);
    expect((await desk.ask(admin, 'PUT', `/teams/${team.id}/members/9999`, {})).statusCode).toBe(404);
    expect((await desk.ask(admin, 'DELETE', member)).statusCode).toBe(204);
    expect((await desk.ask(admin, 'DELETE', member)).statusCode).toBe(404);
    expect((await desk.ask(agent, 'GET', '/me')).json().user.teams).toEqual([]);
    expect(await desk.newEvents()).toEqual(['team.created', 'team.member_added', 'team.member_removed']);
  });

  it('are changed with a version and deleted once', async () => {
    const { admin } = desk.people;
    const { id } = (
      await desk.ask(admin, 'POST', '/teams', { name: 'First', description: 'All of it' })
    ).json();
    const patch = (body: object) => desk.ask(admin, 'PATCH', `/teams/${id}`, body);
    expect((await patch({ name: 'Front', version: 1 })).json()).toMatchObject({ name: 'Front', version: 2 });
    expect((await patch({ name: 'Late', version: 1 })).json().error.details.current.name).toBe('Front');
    expect((await patch({ deleted_at: null })).statusCode).toBe(422);
    expect((await desk.ask(admin, 'DELETE', `/teams/${id}`)).statusCode).toBe(204);
    expect((await desk.ask(admin, 'DELETE', `/teams/${id}`)).statusCode).toBe(404);
    expect((await desk.ask(admin, 'GET', `/teams/${id}`)).statusCode).toBe(404);
    expect((await desk.ask(admin, 'POST', '/teams', { name: 'Front' })).statusCode).toBe(201);
    expect(await desk.newEvents()).toEqual(['team.created', 'team.changed', 'team.deleted', 'team.created']);
  });
});
