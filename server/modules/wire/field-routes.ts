import { notFound } from '../../platform/http/errors.ts';
import { type FieldDefinition, ticketReads } from '../tickets/index.ts';
import { wireTime } from './instant.ts';
import { envelope, pageOfList } from './paging.ts';
import { idParams, wireRoute } from './wire-route.ts';

const wireTypes: Record<string, string> = { select: 'tagger' };

/** Our own fields; the format's system fields are always there and are not listed. */
function presentField(base: string, field: FieldDefinition) {
  return {
    url: `${base}/api/v2/ticket_fields/${field.id}.json`,
    id: field.id,
    type: wireTypes[field.kind] ?? field.kind,
    title: field.title,
    raw_title: field.title,
    description: '',
    raw_description: '',
    position: field.position,
    active: field.active,
    required: false,
    collapsed_for_agents: false,
    regexp_for_validation: null,
    title_in_portal: field.title,
    raw_title_in_portal: field.title,
    visible_in_portal: false,
    editable_in_portal: false,
    required_in_portal: false,
    tag: null,
    removable: true,
    key: field.key,
    agent_description: null,
    custom_field_options: field.options.map((option, index) => ({
      id: field.id * 1000 + index,
      name: option.label,
      raw_name: option.label,
      value: option.value,
    })),
    created_at: wireTime(field.createdAt),
    updated_at: wireTime(field.updatedAt),
  };
}

export const fieldRoutes = [
  wireRoute({
    method: 'GET',
    path: '/ticket_fields',
    policy: 'wire.read',
    summary: 'Custom ticket fields',
    answer: async (asking) => {
      const fields = (await ticketReads.listFieldDefinitions(asking.desk.db)).map((field) =>
        presentField(asking.base, field),
      );
      const { page, items } = pageOfList(asking, fields);
      return envelope(asking, 'ticket_fields', items, page);
    },
  }),
  wireRoute({
    method: 'GET',
    path: '/ticket_fields/count',
    policy: 'wire.read',
    summary: 'How many custom ticket fields there are',
    answer: async (asking) => {
      const value = (await ticketReads.listFieldDefinitions(asking.desk.db)).length;
      return { count: { value, refreshed_at: new Date().toISOString() } };
    },
  }),
  wireRoute({
    method: 'GET',
    path: '/ticket_fields/:id',
    policy: 'wire.read',
    summary: 'One custom ticket field',
    params: idParams,
    answer: async (asking, { id }) => {
      const field = (await ticketReads.listFieldDefinitions(asking.desk.db)).find((one) => one.id === id);
      if (!field) throw notFound('This ticket field');
      return { ticket_field: presentField(asking.base, field) };
    },
  }),
  wireRoute({
    method: 'GET',
    path: '/tags',
    policy: 'wire.read',
    summary: 'Tags in use, the commonest first',
    answer: async (asking) => {
      const rows = await ticketReads.countTags(asking.desk.db, asking.who, 20_000);
      const { page, items } = pageOfList(
        asking,
        rows.map((row, index) => ({ ...row, id: index + 1 })),
      );
      return envelope(
        asking,
        'tags',
        items.map(({ name, count }) => ({ name, count })),
        page,
      );
    },
  }),
];
