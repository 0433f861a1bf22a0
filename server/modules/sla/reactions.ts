import type { NowReaction } from '../../platform/command.ts';
import type { EventType } from '../../platform/events/event-map.ts';
import { followEvent } from './follow-event.ts';
import { followSchedule } from './reschedule-clocks.ts';
import { heardTypes } from './ticket-facts.ts';

export const reactions: Partial<Record<EventType, NowReaction>> = {
  ...Object.fromEntries(heardTypes.map((type) => [type, followEvent])),
  'schedule.changed': followSchedule as NowReaction,
};
