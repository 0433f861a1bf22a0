import type { ScheduleDefinition } from './contract.ts';

declare module '../../platform/events/event-map.ts' {
  interface EventMap {
    /** Hours hold no personal text, so the log carries them: figures can be recomputed from it alone. */
    'schedule.created': { scheduleId: number; definition: ScheduleDefinition };
    'schedule.changed': { scheduleId: number; definition: ScheduleDefinition };
    'schedule.renamed': { scheduleId: number };
    'schedule.deleted': { scheduleId: number };
  }
}
