import { z } from 'zod';
import type { CommandContext } from '../../platform/command.ts';
import { invalid } from '../../platform/http/errors.ts';
import { lineShape, nameShape } from '../auth/contract.ts';
import { createOrganization, organizations } from '../customers/index.ts';
import { notHere, readOnly } from './read-only.ts';
import { tagsShape } from './ticket-body.ts';

export const organizationShape = z.strictObject({
  name: nameShape.optional(),
  domain_names: z.preprocess(
    (value) => (typeof value === 'string' ? value.split(/[\s,]+/).filter((one) => one !== '') : value),
    z.array(lineShape(253)).max(200).nullable().optional(),
  ),
  details: z.string().max(50_000).nullable().optional(),
  notes: z.string().max(50_000).nullable().optional(),
  external_id: lineShape(255).min(1).nullable().optional(),
  tags: tagsShape.optional(),
  organization_fields: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .optional(),
  id: z.unknown().optional(),
  ...readOnly('url', 'created_at', 'updated_at', 'deleted_at', 'result_type'),
  ...notHere('group_id', 'shared_tickets', 'shared_comments'),
});
export type OrganizationBody = z.output<typeof organizationShape>;

function detailsOf(body: OrganizationBody) {
  return {
    domains: body.domain_names ?? undefined,
    details: body.details ?? undefined,
    notes: body.notes ?? undefined,
    externalId: body.external_id,
    tags: body.tags,
    fields: body.organization_fields,
  };
}

export async function createWireOrganization(cx: CommandContext, body: OrganizationBody): Promise<number> {
  if (!body.name) throw invalid({ name: 'cannot be blank' });
  return (await createOrganization(cx, { name: body.name, ...detailsOf(body) })).organizationId;
}

export async function updateWireOrganization(
  cx: CommandContext,
  id: number,
  body: OrganizationBody,
): Promise<void> {
  await organizations.change(cx, id, { name: body.name, ...detailsOf(body) });
}

/** By id, external id or name. */
export async function createOrUpdateOrganization(
  cx: CommandContext,
  body: OrganizationBody,
): Promise<{ id: number; created: boolean }> {
  const own = typeof body.id === 'number' ? body.id : null;
  const found = await organizations.find(cx.tx, { id: own, externalId: body.external_id, name: body.name });
  if (!found) return { id: await createWireOrganization(cx, body), created: true };
  await updateWireOrganization(cx, found.id, body);
  return { id: found.id, created: false };
}
