import { z } from 'zod';
import { lineShape, nameShape, timeZoneShape } from '../auth/contract.ts';
import { personAddressShape } from '../customers/contract.ts';
import { notHere, readOnly } from './read-only.ts';
import { tagsShape } from './ticket-body.ts';

const id = z.int().positive();

const properties = {
  name: nameShape.optional(),
  email: personAddressShape.nullable().optional(),
  phone: lineShape(60).nullable().optional(),
  role: z.enum(['end-user', 'agent', 'admin']).optional(),
  organization_id: id.nullable().optional(),
  external_id: lineShape(255).min(1).nullable().optional(),
  tags: tagsShape.optional(),
  user_fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
  details: z.string().max(50_000).nullable().optional(),
  notes: z.string().max(50_000).nullable().optional(),
  signature: z.string().max(10_000).nullable().optional(),
  locale: z
    .string()
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
    .max(35)
    .nullable()
    .optional(),
  time_zone: z
    .union([timeZoneShape, z.string().max(60)])
    .nullable()
    .optional(),
  iana_time_zone: timeZoneShape.nullable().optional(),
  verified: z.boolean().optional(),
  suspended: z.boolean().optional(),
  identities: z
    .array(
      z.strictObject({
        type: z.enum(['email', 'phone_number']),
        value: lineShape(320).min(1),
        ...readOnly('verified', 'primary'),
      }),
    )
    .max(20)
    .optional(),
  skip_verify_email: z.boolean().optional(),
};

const ignored = readOnly(
  'id',
  'url',
  'alias',
  'created_at',
  'updated_at',
  'shared_phone_number',
  'photo',
  'locale_id',
  'role_type',
  'custom_role_id',
  'active',
  'shared',
  'shared_agent',
  'last_login_at',
  'two_factor_auth_enabled',
  'moderator',
  'ticket_restriction',
  'only_private_comments',
  'restricted_agent',
  'chat_only',
  'default_group_id',
  'report_csv',
  'permanently_deleted',
  'result_type',
);
const unsupported = notHere(
  'password',
  'remote_photo_url',
  'organization',
  'organization_ids',
  'agent_brand_ids',
);

export const userShape = z.strictObject({ ...properties, ...ignored, ...unsupported });
export type UserBody = z.output<typeof userShape>;

export const newUserShape = userShape.refine((user) => Boolean(user.name ?? user.email), {
  path: ['name'],
  message: 'needs a name or an email address',
});
