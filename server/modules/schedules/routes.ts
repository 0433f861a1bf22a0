import { actorOf } from '../../platform/http/principal.ts';
import { route } from '../../platform/http/route.ts';
import { idParams, pageOf, pageQuery } from '../auth/contract.ts';
import { staffOf } from '../auth/index.ts';
import { answerBusinessTime } from './answer-business-time.ts';
import { changeSchedule, createSchedule, deleteSchedule } from './change-schedule.ts';
import {
  businessTimeAnswer,
  businessTimeRequest,
  changeScheduleBody,
  newScheduleBody,
  scheduleHistoryShape,
  scheduleShape,
} from './contract.ts';
import { getScheduleRow, listSchedules, listVersions } from './queries.ts';

const path = '/api/desk/v1/schedules';

export const routes = [
  route({
    method: 'POST',
    path: '/api/desk/v1/business-time',
    policy: 'business_time.ask',
    summary: 'One question about hours given with it: open seconds, deadlines, open periods',
    body: businessTimeRequest,
    response: businessTimeAnswer,
    status: 200,
    handle: async ({ body }) => answerBusinessTime(body),
  }),
  route({
    method: 'GET',
    path,
    policy: 'schedule.read',
    summary: 'The schedules of opening hours, by id',
    query: pageQuery,
    response: pageOf(scheduleShape),
    handle: ({ desk, query }) => listSchedules(desk.db, query),
  }),
  route({
    method: 'POST',
    path,
    policy: 'schedule.manage',
    summary: 'Make a schedule',
    body: newScheduleBody,
    response: scheduleShape,
    handle: async ({ desk, principal, body }) => {
      const { scheduleId } = await desk.run(actorOf(staffOf(principal)), (cx) => createSchedule(cx, body));
      return getScheduleRow(desk.db, scheduleId);
    },
  }),
  route({
    method: 'GET',
    path: `${path}/:id`,
    policy: 'schedule.read',
    summary: 'One schedule with the hours valid now',
    params: idParams,
    response: scheduleShape,
    handle: ({ desk, params }) => getScheduleRow(desk.db, params.id),
  }),
  route({
    method: 'PATCH',
    path: `${path}/:id`,
    policy: 'schedule.manage',
    summary: 'Change a schedule; new hours are valid from now on',
    params: idParams,
    body: changeScheduleBody,
    response: scheduleShape,
    handle: async ({ desk, principal, params, body }) => {
      await desk.run(actorOf(staffOf(principal)), (cx) => changeSchedule(cx, params.id, body));
      return getScheduleRow(desk.db, params.id);
    },
  }),
  route({
    method: 'DELETE',
    path: `${path}/:id`,
    policy: 'schedule.manage',
    summary: 'Delete a schedule that no inbox uses; tickets that follow it go on following it',
    params: idParams,
    status: 204,
    handle: async ({ desk, principal, params }) => {
      await desk.run(actorOf(staffOf(principal)), (cx) => deleteSchedule(cx, params.id));
    },
  }),
  route({
    method: 'GET',
    path: `${path}/:id/history`,
    policy: 'schedule.read',
    summary: 'What the hours were at every moment, oldest first',
    params: idParams,
    response: scheduleHistoryShape,
    handle: async ({ desk, params }) => {
      await getScheduleRow(desk.db, params.id);
      const rows = await listVersions(desk.db, params.id);
      const items = rows.map((row) => ({
        validFrom: row.valid_from.toISOString(),
        definition: row.definition,
      }));
      return { items, nextCursor: null };
    },
  }),
];
