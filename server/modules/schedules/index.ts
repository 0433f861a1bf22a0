export { answerBusinessTime } from './answer-business-time.ts';
export { addBusinessSeconds, businessSeconds, isOpen } from './business-time.ts';
export { changeSchedule, createSchedule } from './change-schedule.ts';
export { getScheduleHistory } from './history-cache.ts';
export { listSchedules } from './queries.ts';
export { parseSchedule, type Schedule } from './schedule.ts';
export {
  addBusinessSecondsOver,
  businessSecondsOver,
  type ScheduleHistory,
  scheduleAt,
} from './schedule-history.ts';
