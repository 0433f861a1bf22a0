import { z } from 'zod';
import { id, idParameter, instant } from '../auth/contract.ts';
import { personAddressShape } from '../customers/contract.ts';

/** The shapes of tickets at the native API. Times are ISO-8601 in UTC; durations are whole seconds. */

export const statusShape = z.enum(['new', 'open', 'pending', 'on_hold', 'solved', 'closed']);
export const priorityShape = z.enum(['low', 'normal', 'high', 'urgent']);
export const ticketTypeShape = z.enum(['question', 'incident', 'problem', 'task']);
export const channelShape = z.enum(['email', 'phone', 'chat', 'form', 'social', 'sms', 'api']);
export const viewShape = z.enum([
  'mine',
  'unassigned',
  'my_team',
  'open',
  'waiting',
  'breaching',
  'solved',
  'all',
]);
export type View = z.infer<typeof viewShape>;

const tag = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[^\s,]{1,60}$/u, 'a tag is one word of at most 60 characters');
/** One line, whatever was pasted. */
export const subjectShape = z
  .string()
  .overwrite((text) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' '))
  .trim()
  .min(1)
  .max(500);
/** Why something is done, for the timeline. */
const reason = z.string().trim().min(1).max(500);
const bodyText = z.string().max(200_000);

export const ticketParams = z.object({ id: idParameter });

export const ticketShape = z.object({
  id,
  subject: z.string(),
  status: statusShape,
  type: ticketTypeShape.nullable(),
  priority: priorityShape.nullable(),
  tier: z.int().nullable(),
  teamId: id.nullable(),
  assigneeId: id.nullable(),
  assigneeName: z.string().nullable(),
  requesterId: id,
  requesterName: z.string(),
  organizationId: id.nullable(),
  channel: channelShape,
  origin: z.enum(['inbound', 'on_behalf', 'proactive']),
  inboxId: id.nullable(),
  scheduleId: id.nullable(),
  language: z.string().nullable(),
  tags: z.array(z.string()),
  externalId: z.string().nullable(),
  followUpOf: id.nullable(),
  mergedInto: id.nullable(),
  spam: z.boolean(),
  deleted: z.boolean(),
  version: z.int(),
  messageCount: z.int(),
  preview: z.string(),
  lastMessageAt: instant.nullable(),
  /** The oldest customer message that has no answer yet. */
  waitingSince: instant.nullable(),
  /**
   * The next promise of the SLA: when four fifths of it are used, when all, which target (claim, first_reply,
   * next_reply, resolution), already missed?
   */
  warnAt: instant.nullable(),
  dueAt: instant.nullable(),
  dueTarget: z.string().nullable(),
  breached: z.boolean(),
  solvedAt: instant.nullable(),
  createdAt: instant,
  updatedAt: instant,
});
export type Ticket = z.infer<typeof ticketShape>;

export const attachmentShape = z.object({
  /** 128 random bits; `GET /api/desk/v1/files/{key}` */
  key: z.string(),
  fileName: z.string(),
  contentType: z.string(),
  size: z.int(),
  contentId: z.string().nullable(),
  inline: z.boolean(),
});
export type Attachment = z.infer<typeof attachmentShape>;

export const messageShape = z.object({
  id,
  ticketId: id,
  public: z.boolean(),
  authorKind: z.enum(['agent', 'customer', 'bot', 'system']),
  authorId: id.nullable(),
  authorName: z.string(),
  channel: channelShape,
  text: z.string(),
  /** Cleaned HTML: `data-firstline-src` holds remote images, `data-firstline-file` the key of own ones. */
  html: z.string().nullable(),
  signature: z.string().nullable(),
  quoteText: z.string().nullable(),
  quoteHtml: z.string().nullable(),
  remoteImages: z.int(),
  senderTrust: z.enum(['pass', 'fail', 'unknown']).nullable(),
  mentions: z.array(id),
  mail: z
    .object({
      from: z.string().optional(),
      to: z.array(z.string()).optional(),
      cc: z.array(z.string()).optional(),
      subject: z.string().optional(),
    })
    .nullable(),
  attachments: z.array(attachmentShape),
  createdAt: instant,
  redacted: z.boolean(),
  /** An outgoing mail's state, written by the mail module: waiting (can be undone until `sendAt`), sent, failed … */
  delivery: z
    .object({
      state: z.string(),
      sendAt: instant.nullable(),
      error: z.string().nullable(),
      /** How many it was taken for. */
      accepted: z.int(),
      /** Who was tried and has not got it, and what their server said; `final`: it is not tried again. */
      missing: z.array(z.object({ address: z.string(), final: z.boolean(), said: z.string().nullable() })),
    })
    .nullable(),
});
export type Message = z.infer<typeof messageShape>;

export const timelineEntryShape = z.object({
  eventId: id,
  type: z.string(),
  at: instant,
  actorKind: z.enum(['agent', 'customer', 'bot', 'system']),
  actorId: id.nullable(),
  actorName: z.string(),
  /** The event that caused this one: why it happened. */
  causedBy: id.nullable(),
  /** The same in the words of whoever did it. */
  reason: z.string().nullable(),
  /** The names of the customers whom it is about, such as those whom a mail did not reach. */
  people: z.array(z.string()),
  data: z.record(z.string(), z.unknown()),
});
export type TimelineEntry = z.infer<typeof timelineEntryShape>;
export const timelinePage = z.object({
  items: z.array(timelineEntryShape),
  nextCursor: z.string().nullable(),
});

export const ticketDetailShape = ticketShape.extend({
  fields: z.record(z.string(), z.unknown()),
  ccs: z.array(z.object({ customerId: id, name: z.string(), email: z.string().nullable() })),
  followers: z.array(z.object({ staffId: id, name: z.string() })),
  followUps: z.array(id),
  messages: z.array(messageShape),
  drafts: z.array(
    z.object({
      kind: z.enum(['reply', 'note']),
      body: z.record(z.string(), z.unknown()),
      updatedAt: instant,
    }),
  ),
});
export type TicketDetail = z.infer<typeof ticketDetailShape>;

export const listQuery = z.strictObject({
  view: viewShape.default('open'),
  status: z.union([statusShape, z.array(statusShape)]).optional(),
  team: idParameter.optional(),
  assignee: idParameter.optional(),
  requester: idParameter.optional(),
  organization: idParameter.optional(),
  inbox: idParameter.optional(),
  tag: z.string().optional(),
  channel: channelShape.optional(),
  priority: priorityShape.optional(),
  sort: z.enum(['due', 'updated', 'created', 'waiting', 'solved']).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type ListQuery = z.infer<typeof listQuery>;
export const ticketPage = z.object({ items: z.array(ticketShape), nextCursor: z.string().nullable() });
export const viewCounts = z.record(viewShape, z.int());

export const newMessageShape = z.strictObject({
  text: bodyText.default(''),
  /** It is cleaned. A picture is one of the message's own files, `<img src="cid:KEY">`; others are left out. */
  html: bodyText.optional(),
  attachments: z.array(z.string()).max(50).default([]),
});

/** `requester`: an existing customer, or a person named by address. */
export const openTicketBody = z.strictObject({
  subject: subjectShape,
  requester: z.union([
    z.strictObject({ id }),
    z.strictObject({
      email: personAddressShape,
      name: z.string().max(200).optional(),
      locale: z.string().max(20).optional(),
    }),
  ]),
  message: newMessageShape.extend({
    public: z.boolean().default(true),
    author: z.enum(['customer', 'agent']).default('customer'),
  }),
  channel: channelShape.default('api'),
  origin: z.enum(['inbound', 'on_behalf', 'proactive']).optional(),
  inboxId: id.optional(),
  teamId: id.optional(),
  assigneeId: id.optional(),
  priority: priorityShape.optional(),
  type: ticketTypeShape.optional(),
  tier: z.int().min(1).max(4).optional(),
  language: z.string().max(20).optional(),
  tags: z.array(tag).max(50).optional(),
  fields: z.record(z.string(), z.unknown()).optional(),
  ccs: z.array(personAddressShape).max(48).optional(),
  externalId: z.string().max(255).optional(),
  followUpOf: id.optional(),
});

/** A change of properties; `version` names the state it was made on, and a stale one is refused with 409. */
export const changeTicketBody = z.strictObject({
  version: z.int().optional(),
  subject: subjectShape.optional(),
  status: z.enum(['open', 'pending', 'on_hold', 'solved']).optional(),
  priority: priorityShape.nullable().optional(),
  type: ticketTypeShape.nullable().optional(),
  tier: z.int().min(1).max(4).nullable().optional(),
  /** Why, for the timeline. */
  reason: reason.optional(),
  teamId: id.nullable().optional(),
  assigneeId: id.nullable().optional(),
  organizationId: id.nullable().optional(),
  requesterId: id.optional(),
  scheduleId: id.nullable().optional(),
  inboxId: id.nullable().optional(),
  language: z.string().max(20).nullable().optional(),
  tags: z.array(tag).max(50).optional(),
  addTags: z.array(tag).max(50).optional(),
  removeTags: z.array(tag).max(50).optional(),
  fields: z.record(z.string(), z.unknown()).optional(),
  ccs: z.array(personAddressShape).max(48).optional(),
  followers: z.array(id).max(100).optional(),
  externalId: z.string().max(255).nullable().optional(),
});
export type ChangeTicket = z.infer<typeof changeTicketBody>;

/** A public reply or an internal note; `status` is set in the same command ("send and solve"). */
export const sendMessageBody = newMessageShape.extend({
  public: z.boolean().default(true),
  status: z.enum(['open', 'pending', 'on_hold', 'solved']).optional(),
  mentions: z.array(id).max(50).default([]),
  ccs: z.array(personAddressShape).max(48).optional(),
  /** The newest message the writer has seen; when somebody answered since, 409 shows it, unless `force`. */
  lastSeenMessageId: id.optional(),
  force: z.boolean().default(false),
  /** The state it was written on; a stale one is refused with 409, as a change of properties is. */
  version: z.int().optional(),
});

export const mergeBody = z.strictObject({ into: id, version: z.int().optional(), reason: reason.optional() });
/** As with a change of properties: a stale version is refused with 409. */
export const careQuery = z.strictObject({
  version: z.coerce.number().int().optional(),
  reason: reason.optional(),
});
export const reasonQuery = careQuery.pick({ reason: true });
export const draftBody = z.strictObject({
  kind: z.enum(['reply', 'note']),
  body: z.record(z.string(), z.unknown()),
  /** `updatedAt` of the copy this one goes on from, null from none: kept elsewhere meanwhile, it is refused with 409. */
  since: instant.nullable().optional(),
});
export const draftKept = z.object({ updatedAt: instant });

export const viewerParams = ticketParams.extend({ stream: z.string().regex(/^[\w-]{16,64}$/) });
export const viewerBody = z.strictObject({ writing: z.enum(['reply', 'note']).nullable() });

/** Who else has a ticket on the screen: `viewers.changed` of a stream that has said it shows this ticket. */
export interface ViewersChanged {
  ticketId: number;
  viewers: { staffId: number; name: string; writing: 'reply' | 'note' | null }[];
}

export const ticketFieldShape = z.object({
  id,
  key: z.string(),
  title: z.string(),
  kind: z.enum(['text', 'textarea', 'checkbox', 'date', 'integer', 'decimal', 'select', 'multiselect']),
  options: z.array(z.object({ value: z.string(), label: z.string() })),
  position: z.int(),
  active: z.boolean(),
});
export type TicketField = z.infer<typeof ticketFieldShape>;
export const ticketFieldList = z.object({ items: z.array(ticketFieldShape), nextCursor: z.null() });
const fieldTitle = z.string().trim().min(1).max(200);
const fieldOptions = z
  .array(
    z.strictObject({ value: z.string().trim().min(1).max(200), label: z.string().trim().min(1).max(200) }),
  )
  .max(500)
  .refine((options) => new Set(options.map((one) => one.value)).size === options.length, 'each value once');
export const newTicketFieldBody = z
  .strictObject({
    key: z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'small letters, digits and _, a letter first'),
    title: fieldTitle,
    kind: ticketFieldShape.shape.kind,
    options: fieldOptions.default([]),
    position: z.int().min(0).max(10_000).default(0),
  })
  .refine((field) => field.kind.endsWith('select') === field.options.length > 0, {
    path: ['options'],
    message: 'a choice needs options, and nothing else has them',
  });
export const changeTicketFieldBody = z.strictObject({
  title: fieldTitle.optional(),
  options: fieldOptions.optional(),
  position: z.int().min(0).max(10_000).optional(),
  active: z.boolean().optional(),
});

export const assignmentBody = z.strictObject({
  assigneeId: id.nullable(),
  version: z.int().optional(),
  reason: reason.optional(),
});
/** What is to be taken back, by the value that was set. */
export const undoBody = z
  .strictObject({ status: statusShape.optional(), assigneeId: id.nullable().optional() })
  .refine(
    (body) => body.status !== undefined || body.assigneeId !== undefined,
    'Name the status, the assignee or both.',
  );
export type UndoChange = z.infer<typeof undoBody>;
export const draftQuery = z.strictObject({ kind: z.enum(['reply', 'note']) });
export const tagQuery = z.strictObject({ q: z.string().max(60).default('') });
export const tagList = z.object({ items: z.array(z.string()) });
export const uploadQuery = z.strictObject({
  filename: z.string().min(1).max(2000),
  type: z.string().max(200).optional(),
});
export const fileParams = z.object({ key: z.string().regex(/^[\w-]{16,64}$/) });
export const fileQuery = z.strictObject({ inline: z.enum(['0', '1']).optional() });
export const pictureQuery = z.strictObject({ source: z.string().min(1).max(8000) });
