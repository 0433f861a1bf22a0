export { answerBusinessTime } from './answer-business-time.ts';
export { addBusinessSeconds, businessSeconds, isOpen } from './business-time.ts';
export { parseSchedule, type Schedule } from './schedule.ts';
export {
  addBusinessSecondsOver,
  businessSecondsOver,
  type ScheduleHistory,
  scheduleAt,
} from './schedule-history.ts';
