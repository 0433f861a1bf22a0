import { actorOf } from '../../platform/http/principal.ts';
import { route } from '../../platform/http/route.ts';
import { idParams, pageOf, pageQuery } from '../auth/contract.ts';
import { staffOf } from '../auth/index.ts';
import { changeTeam, createTeam, deleteTeam } from './change-team.ts';
import { addTeamMember, removeTeamMember } from './change-team-members.ts';
import { changeTeamBody, memberBody, memberParams, newTeamBody, teamShape } from './contract.ts';
import { getTeam, listTeams } from './queries.ts';

const path = '/api/desk/v1/teams';

export const teamRoutes = [
  route({
    method: 'GET',
    path,
    policy: 'team.read',
    summary: 'The teams with their members, by id',
    query: pageQuery,
    response: pageOf(teamShape),
    handle: ({ desk, query }) => listTeams(desk.db, query),
  }),
  route({
    method: 'POST',
    path,
    policy: 'team.manage',
    summary: 'Make a team',
    body: newTeamBody,
    response: teamShape,
    handle: async ({ desk, principal, body }) => {
      const { teamId } = await desk.run(actorOf(staffOf(principal)), (cx) => createTeam(cx, body));
      return getTeam(desk.db, teamId);
    },
  }),
  route({
    method: 'GET',
    path: `${path}/:id`,
    policy: 'team.read',
    summary: 'One team',
    params: idParams,
    response: teamShape,
    handle: ({ desk, params }) => getTeam(desk.db, params.id),
  }),
  route({
    method: 'PATCH',
    path: `${path}/:id`,
    policy: 'team.manage',
    summary: 'Rename or describe a team',
    params: idParams,
    body: changeTeamBody,
    response: teamShape,
    handle: async ({ desk, principal, params, body }) => {
      await desk.run(actorOf(staffOf(principal)), (cx) => changeTeam(cx, params.id, body));
      return getTeam(desk.db, params.id);
    },
  }),
  route({
    method: 'DELETE',
    path: `${path}/:id`,
    policy: 'team.manage',
    summary: 'Delete a team; history keeps its name',
    params: idParams,
    status: 204,
    handle: async ({ desk, principal, params }) => {
      await desk.run(actorOf(staffOf(principal)), (cx) => deleteTeam(cx, params.id));
    },
  }),
  route({
    method: 'PUT',
    path: `${path}/:id/members/:staffId`,
    policy: 'team.manage',
    summary: 'Add a member, or make this their default team',
    params: memberParams,
    body: memberBody,
    response: teamShape,
    handle: async ({ desk, principal, params: { id: teamId, staffId }, body }) => {
      await desk.run(actorOf(staffOf(principal)), (cx) => addTeamMember(cx, { teamId, staffId, ...body }));
      return getTeam(desk.db, teamId);
    },
  }),
  route({
    method: 'DELETE',
    path: `${path}/:id/members/:staffId`,
    policy: 'team.manage',
    summary: 'Take a member out of a team',
    params: memberParams,
    status: 204,
    handle: async ({ desk, principal, params: { id: teamId, staffId } }) => {
      await desk.run(actorOf(staffOf(principal)), (cx) => removeTeamMember(cx, { teamId, staffId }));
    },
  }),
];
