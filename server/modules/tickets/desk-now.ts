import type { Desk } from '../../platform/desk.ts';

/** The time for reads; commands have their own from the database. */
export const deskNow = (desk: Pick<Desk, 'clock'>): Date => desk.clock.fixed() ?? new Date();
