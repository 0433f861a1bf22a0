import type { FieldDefinition, TicketRow, TicketSides } from '../tickets/index.ts';
import { wireTime } from './instant.ts';
import { via, wireStatus } from './vocabulary.ts';

const noSides: TicketSides = {
  description: '',
  submitterId: null,
  isPublic: false,
  recipient: null,
  followUpIds: [],
  commentCount: 0,
};

export function presentTicket(
  base: string,
  row: TicketRow,
  sides: TicketSides = noSides,
  definitions: FieldDefinition[] = [],
): Record<string, unknown> & { id: number } {
  const customFields = definitions.map(({ id, key }) => ({ id, value: row.fields[key] ?? null }));
  return {
    url: `${base}/api/v2/tickets/${row.id}.json`,
    id: row.id,
    external_id: row.externalId,
    via: via(
      row.channel,
      row.followUpOf ? { ticket_id: row.followUpOf } : {},
      row.followUpOf ? 'follow_up' : null,
    ),
    created_at: wireTime(row.createdAt),
    updated_at: wireTime(row.updatedAt),
    generated_timestamp: Math.floor(row.updatedAt.getTime() / 1000),
    type: row.type,
    subject: row.subject,
    raw_subject: row.subject,
    description: sides.description,
    priority: row.priority,
    status: row.deletedAt ? 'deleted' : wireStatus(row.status),
    custom_status_id: null,
    recipient: sides.recipient,
    requester_id: row.requesterId,
    submitter_id: sides.submitterId ?? row.requesterId,
    assignee_id: row.assigneeId,
    organization_id: row.organizationId,
    group_id: row.teamId,
    collaborator_ids: [...row.ccIds, ...row.followerIds],
    follower_ids: row.followerIds,
    email_cc_ids: row.ccIds,
    forum_topic_id: null,
    problem_id: null,
    has_incidents: false,
    is_public: sides.isPublic,
    due_at: null,
    tags: row.tags,
    custom_fields: customFields,
    fields: customFields,
    satisfaction_rating: null,
    sharing_agreement_ids: [],
    followup_ids: sides.followUpIds,
    ticket_form_id: null,
    brand_id: null,
    allow_channelback: false,
    allow_attachments: true,
    from_messaging_channel: false,
  };
}
