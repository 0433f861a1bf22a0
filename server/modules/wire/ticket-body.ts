import { z } from 'zod';
import { personAddressShape } from '../customers/contract.ts';
import { subjectShape } from '../tickets/contract.ts';
import { notHere, readOnly } from './read-only.ts';

const id = z.int().positive();
const words = z.string().max(200_000);
const tag = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[^\s,]{1,60}$/u, 'a tag is one word of at most 60 characters');
/** A list, or words separated by spaces. */
export const tagsShape = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(/[\s,]+/).filter((one) => one !== '') : value),
  z.array(tag).max(50),
);

const commentShape = z.strictObject({
  body: words.optional(),
  html_body: words.optional(),
  plain_body: words.optional(),
  public: z.boolean().default(true),
  author_id: id.optional(),
  uploads: z.union([z.string(), z.array(z.string()).max(50)]).optional(),
  ...readOnly(
    'id',
    'type',
    'attachments',
    'audit_id',
    'via',
    'created_at',
    'metadata',
    'via_followup_source_id',
  ),
});
export type CommentBody = z.output<typeof commentShape>;

const requesterShape = z.strictObject({
  name: z.string().max(200).optional(),
  email: personAddressShape,
  locale: z.string().max(20).optional(),
  locale_id: z.unknown().optional(),
});

const copyShape = z.strictObject({
  user_id: id.optional(),
  user_email: personAddressShape.optional(),
  user_name: z.string().max(200).optional(),
  action: z.enum(['put', 'delete']).default('put'),
});
export type CopyBody = z.output<typeof copyShape>;

const collaborators = z
  .array(
    z.union([
      id,
      personAddressShape,
      z.strictObject({ name: z.string().max(200).optional(), email: personAddressShape }),
    ]),
  )
  .max(48);

const fieldValues = z.array(z.strictObject({ id, value: z.unknown() })).max(200);

const ignored = readOnly(
  'id',
  'url',
  'via',
  'created_at',
  'updated_at',
  'generated_timestamp',
  'raw_subject',
  'custom_status_id',
  'recipient',
  'forum_topic_id',
  'has_incidents',
  'is_public',
  'satisfaction_rating',
  'sharing_agreement_ids',
  'followup_ids',
  'allow_channelback',
  'allow_attachments',
  'from_messaging_channel',
  'metadata',
  'encoded_id',
  'result_type',
  'metric_set',
  'comment_count',
  'collaborator_ids',
);
const unsupported = notHere(
  'macro_id',
  'macro_ids',
  'voice_comment',
  'problem_id',
  'due_at',
  'brand_id',
  'ticket_form_id',
  'email_cc_email',
);

const properties = {
  subject: subjectShape.optional(),
  requester_id: id.optional(),
  assignee_id: id.nullable().optional(),
  assignee_email: personAddressShape.optional(),
  group_id: id.nullable().optional(),
  organization_id: id.nullable().optional(),
  priority: z.enum(['low', 'normal', 'high', 'urgent']).nullable().optional(),
  type: z.enum(['question', 'incident', 'problem', 'task']).nullable().optional(),
  tags: tagsShape.optional(),
  custom_fields: fieldValues.optional(),
  fields: z.union([fieldValues, z.record(z.string().regex(/^\d{1,15}$/), z.unknown())]).optional(),
  external_id: z.string().max(255).nullable().optional(),
  collaborators: collaborators.optional(),
  email_ccs: z.array(copyShape).max(48).optional(),
  email_cc_ids: z.array(id).max(48).optional(),
  followers: z.array(copyShape).max(100).optional(),
  follower_ids: z.array(id).max(100).optional(),
  requester: requesterShape.optional(),
};

const status = z.enum(['new', 'open', 'pending', 'hold', 'solved', 'closed']);

export const newTicketShape = z
  .strictObject({
    ...properties,
    status: status.optional(),
    comment: commentShape.optional(),
    description: words.optional(),
    submitter_id: id.optional(),
    via_followup_source_id: id.optional(),
    ...ignored,
    ...unsupported,
  })
  .refine((ticket) => ticket.comment !== undefined || (ticket.description ?? '') !== '', {
    path: ['comment'],
    message: 'a ticket begins with a comment',
  });
export type NewTicketBody = z.output<typeof newTicketShape>;

export const changedTicketShape = z.strictObject({
  ...properties,
  status: status.optional(),
  comment: commentShape.optional(),
  additional_tags: tagsShape.optional(),
  additional_collaborators: collaborators.optional(),
  remove_tags: tagsShape.optional(),
  safe_update: z.union([z.boolean(), z.stringbool()]).optional(),
  updated_stamp: z.iso.datetime({ offset: true }).optional(),
  ...readOnly('description', 'submitter_id', 'via_followup_source_id'),
  ...ignored,
  ...unsupported,
});
export type ChangedTicketBody = z.output<typeof changedTicketShape>;

const moment = z.iso.datetime({ offset: true });
const importedComment = z.strictObject({
  ...commentShape.shape,
  value: words.optional(),
  created_at: moment.optional(),
});
export type ImportedComment = z.output<typeof importedComment>;

const { created_at: _created, updated_at: _updated, ...ignoredOnImport } = ignored;
export const importedTicketShape = z.strictObject({
  ...properties,
  status: status.optional(),
  comments: z.array(importedComment).max(1000).default([]),
  comment: importedComment.optional(),
  description: words.optional(),
  submitter_id: id.optional(),
  created_at: moment.optional(),
  updated_at: moment.nullable().optional(),
  solved_at: moment.nullable().optional(),
  ...readOnly('via_followup_source_id'),
  ...ignoredOnImport,
  ...unsupported,
});
export type ImportedTicket = z.output<typeof importedTicketShape>;
