import { z } from 'zod';
import {
  id,
  idParameter,
  instant,
  lineShape,
  localeShape,
  mailAddressShape,
  nameShape,
  pageQuery,
  textShape,
  timeZoneShape,
} from '../auth/contract.ts';

const version = z.int().positive();
const tag = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[^\s,]{1,60}$/u, 'a tag is one word of at most 60 characters');
const tags = z
  .array(tag)
  .max(200)
  .transform((list) => [...new Set(list)]);
const externalId = lineShape(255).min(1, 'required').nullable();
const plainValue = z.union([textShape(10_000), z.number(), z.boolean(), z.null()]);
const fields = z
  .record(z.string().regex(/^[a-z][a-z0-9_]{0,62}$/), plainValue)
  .refine((values) => Object.keys(values).length <= 200, 'at most 200 fields');
const notes = textShape(50_000);

/** A person's address, also in letters of their own language; of somewhere on the internet, so its domain has a dot. */
export const personAddressShape = z
  .string()
  .max(320)
  .regex(
    /^[^\s\p{Cc}@<>()[\]\\,;:"]+@(?:[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?\.)+[\p{L}\p{M}\p{N}-]{2,}$/u,
    'not_an_address',
  );

export const identityKindShape = z.enum(['email', 'phone', 'social', 'external']);
export const identityShape = z.object({
  id,
  kind: identityKindShape,
  value: z.string(),
  primary: z.boolean(),
  verified: z.boolean(),
});
export type Identity = z.infer<typeof identityShape>;
export const newIdentityBody = z.strictObject({
  kind: identityKindShape,
  value: lineShape(320).min(1, 'required'),
  primary: z.boolean().default(false),
});
export const changeIdentityBody = z.strictObject({ primary: z.literal(true) });
export const identityParams = z.object({ id: idParameter, identityId: idParameter });

export const customerShape = z.object({
  id,
  name: z.string(),
  /** The primary one of each kind, or null. */
  email: z.string().nullable(),
  phone: z.string().nullable(),
  locale: z.string().nullable(),
  timeZone: z.string().nullable(),
  organizationId: id.nullable(),
  details: z.string(),
  notes: z.string(),
  tags: z.array(z.string()),
  externalId: z.string().nullable(),
  fields: z.record(z.string(), z.unknown()),
  /** Their mail is kept apart, and they cannot sign in. */
  suspended: z.boolean(),
  identities: z.array(identityShape),
  version,
  createdAt: instant,
  updatedAt: instant,
});
export type Customer = z.infer<typeof customerShape>;

const customerFields = {
  name: lineShape(200),
  locale: z
    .string()
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'is a language tag such as zh-TW')
    .max(35)
    .nullable(),
  timeZone: timeZoneShape.nullable(),
  organizationId: id.nullable(),
  details: notes,
  notes,
  tags,
  externalId,
  fields,
};

export const customersQuery = pageQuery.extend({
  /** The beginning of a name or of an address. */
  q: z
    .string()
    .trim()
    .max(200)
    .regex(/^[^\p{Cc}]*$/u)
    .optional(),
  organization: idParameter.optional(),
});
export const newCustomerBody = z.strictObject({
  ...z.strictObject(customerFields).partial().shape,
  identities: z.array(newIdentityBody).max(20).default([]),
});
export const changeCustomerBody = z.strictObject({
  ...z.strictObject(customerFields).partial().shape,
  suspended: z.boolean().optional(),
  /** The version this change was made on; an older one than the row's is refused with 409. */
  version: version.optional(),
});
export const mergeBody = z.strictObject({ into: id });

export const organizationShape = z.object({
  id,
  name: z.string(),
  domains: z.array(z.string()),
  details: z.string(),
  notes: z.string(),
  tags: z.array(z.string()),
  externalId: z.string().nullable(),
  fields: z.record(z.string(), z.unknown()),
  version,
  createdAt: instant,
  updatedAt: instant,
});
export type Organization = z.infer<typeof organizationShape>;

const organizationFields = {
  /** New customers who write from one of these belong here. */
  domains: z.array(lineShape(253)).max(200),
  details: notes,
  notes,
  tags,
  externalId,
  fields,
};
export const organizationsQuery = pageQuery.extend({
  q: z
    .string()
    .trim()
    .max(200)
    .regex(/^[^\p{Cc}]*$/u)
    .optional(),
});
export const newOrganizationBody = z.strictObject({
  name: nameShape,
  ...z.strictObject(organizationFields).partial().shape,
});
export const changeOrganizationBody = z.strictObject({
  name: nameShape.optional(),
  ...z.strictObject(organizationFields).partial().shape,
  version: version.optional(),
});

export const customerLinkBody = z.strictObject({ email: mailAddressShape });
export const customerSessionBody = z.strictObject({ token: z.string().min(1, 'required').max(200) });
export const customerSessionShape = z.object({
  customer: z.object({ id, name: z.string(), locale: localeShape.nullable() }),
});
