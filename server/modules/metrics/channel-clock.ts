import type { Channel } from './history.ts';
import type { Observation } from './observation.ts';

/** People on a call or in a chat wait by the wall clock; written channels by the desk's hours. */
export type Clock = 'calendar' | 'business';

export function clockOf(channel: Channel | null): Clock {
  return channel === 'phone' || channel === 'chat' ? 'calendar' : 'business';
}

/** The row's duration in seconds on the clock of its channel, or on the one asked for. */
export function secondsOnClock(row: Observation, clock: Clock = clockOf(row.dims.channel)): number {
  return clock === 'business' ? (row.businessSeconds ?? row.value) : row.value;
}
