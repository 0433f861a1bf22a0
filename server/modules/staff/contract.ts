import { z } from 'zod';
import {
  id,
  idParameter,
  instant,
  lineShape,
  localeShape,
  mailAddressShape,
  nameShape,
  newPasswordShape,
  pageQuery,
  roleShape,
  textShape,
  timeZoneShape,
} from '../auth/contract.ts';

const version = z.int().positive();
const ticketScope = z.enum(['all', 'teams']);
const signature = textShape(10_000);

export const setupStateShape = z.object({ needed: z.boolean(), codeRequired: z.boolean() });
export const setupBody = z.strictObject({
  /** Printed where the desk was started; needed from another machine. */
  code: lineShape(40).optional(),
  deskName: nameShape,
  timeZone: timeZoneShape,
  locale: localeShape,
  admin: z.strictObject({ name: nameShape, email: mailAddressShape, password: newPasswordShape }),
  inbox: z.strictObject({ name: nameShape, address: mailAddressShape }),
});
export type SetupAnswers = z.infer<typeof setupBody>;

export const preferencesShape = z.strictObject({
  theme: z.enum(['system', 'light', 'dark', 'contrast']).optional(),
  density: z.enum(['comfortable', 'compact', 'dense']).optional(),
  singleKeys: z.boolean().optional(),
});
export type Preferences = z.infer<typeof preferencesShape>;

export const staffShape = z.object({
  id,
  name: z.string(),
  email: z.string(),
  role: roleShape,
  /** `teams`: sees only tickets of own teams, own ones, and unassigned ones without a team. */
  ticketScope,
  active: z.boolean(),
  locale: localeShape,
  timeZone: z.string().nullable(),
  signature: z.string(),
  teamIds: z.array(id),
  /** False until a password was chosen by the link. */
  hasPassword: z.boolean(),
  lastSignInAt: instant.nullable(),
  version,
  createdAt: instant,
  updatedAt: instant,
});
export type Staff = z.infer<typeof staffShape>;

export const meShape = z.object({
  user: z.object({
    id,
    name: z.string(),
    email: z.string(),
    role: roleShape,
    ticketScope,
    locale: localeShape,
    timeZone: z.string().nullable(),
    signature: z.string(),
    preferences: preferencesShape,
    teams: z.array(z.object({ id, name: z.string() })),
  }),
  desk: z.object({
    name: z.string(),
    timeZone: z.string(),
    locale: localeShape,
    weekStart: z.enum(['monday', 'sunday', 'saturday']),
  }),
  /** The log's last event: a stream opened after it misses nothing that happens to what is read from now on. */
  position: z.int(),
});
export type Me = z.infer<typeof meShape>;

export const changeMeBody = z.strictObject({
  locale: localeShape.optional(),
  timeZone: timeZoneShape.nullable().optional(),
  signature: signature.optional(),
  preferences: preferencesShape.optional(),
});
export const changePasswordBody = z.strictObject({
  current: z.string().min(1, 'required').max(200),
  new: newPasswordShape,
});
export const choosePasswordBody = z.strictObject({
  token: z.string().min(1, 'required').max(200),
  new: newPasswordShape,
});

export const staffQuery = pageQuery.extend({
  role: roleShape.optional(),
  team: idParameter.optional(),
  active: z.enum(['true', 'false']).optional(),
});
export const newStaffBody = z.strictObject({
  name: nameShape,
  email: mailAddressShape,
  role: roleShape.default('agent'),
  ticketScope: ticketScope.default('all'),
  locale: localeShape.optional(),
  timeZone: timeZoneShape.nullable().optional(),
  teamIds: z.array(id).max(100).default([]),
});
export const changeStaffBody = z.strictObject({
  name: nameShape.optional(),
  email: mailAddressShape.optional(),
  role: roleShape.optional(),
  ticketScope: ticketScope.optional(),
  active: z.boolean().optional(),
  locale: localeShape.optional(),
  timeZone: timeZoneShape.nullable().optional(),
  signature: signature.optional(),
  /** The version this change was made on; an older one than the row's is refused with 409. */
  version: version.optional(),
});

export const teamShape = z.object({
  id,
  name: z.string(),
  description: z.string(),
  memberIds: z.array(id),
  version,
  createdAt: instant,
  updatedAt: instant,
});
export type Team = z.infer<typeof teamShape>;
export const newTeamBody = z.strictObject({ name: nameShape, description: textShape(2000).default('') });
export const changeTeamBody = z.strictObject({
  name: nameShape.optional(),
  description: textShape(2000).optional(),
  version: version.optional(),
});
export const memberParams = z.object({ id: idParameter, staffId: idParameter });
export const memberBody = z.strictObject({ isDefault: z.boolean().optional() });
