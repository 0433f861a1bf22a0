import { mkdir } from 'node:fs/promises';
import { z } from 'zod';
import { modules } from '../modules.ts';
import { steppedClock } from '../platform/clock.ts';
import { type Config, readConfig, StartRefused } from '../platform/config.ts';
import type { Connection } from '../platform/db/database.ts';
import { sql } from '../platform/db/database.ts';
import { migrate } from '../platform/db/migrate.ts';
import { type Desk, openDesk } from '../platform/desk.ts';
import { startEmbedded } from '../platform/embedded/start-embedded.ts';
import { system } from '../platform/events/event-map.ts';
import { createLog } from '../platform/log.ts';
import { changeSetting, defineSetting, readSetting } from '../platform/settings.ts';
import { startDesk } from '../start-desk.ts';
import { addressOfAgent, listAgentParts } from './agents.ts';
import { quarterDays } from './arrivals.ts';
import { makeDemo } from './make-demo.ts';

/** How far the making came: a desk with neither mark is somebody's own and stays untouched. */
const demoMark = defineSetting('demo.made', z.enum(['no', 'begun', 'made']), 'no');

const admin = { email: 'admin@lantern.example', password: 'a pot for two' };
const ticketsWanted = 400;
