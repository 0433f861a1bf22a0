import { decodeText } from './decode-charset.ts';
import { decodeHeader } from './decode-header.ts';
import { decodeTransfer } from './decode-transfer.ts';
import { readHeaderFields } from './header-fields.ts';
import type { MimePart } from './mime-tree.ts';

/** Machine-readable parts of a report mail, as far as they are there. */
export type MailReport = {
  /** `delivery-status`, `feedback-report`, `disposition-notification` … by its header or by its parts. */
  type: string | null;
  /** The blocks of a delivery status (first the message, then one each recipient): lower-case name to values. */
  blocks: Record<string, string[]>[];
  /** Headers of the mail that is reported on. */
  original: Record<string, string[]> | null;
};

const reportTypes =
  /^message\/(delivery-status|global-delivery-status|feedback-report|disposition-notification|vnd\.)/;

export function readReport(root: MimePart): MailReport | null {
  const leaves = listLeaves(root);
  const status = leaves.find((part) => reportTypes.test(part.type));
  const declared = root.type === 'multipart/report' ? (root.typeParams.get('report-type') ?? '') : '';
  if (!status && declared === '') return null;
  const statusType = status ? status.type.replace(/^message\/(global-)?/, '') : '';
  return {
    type: (declared || statusType).toLowerCase() || null,
    blocks: status ? readBlocks(decodeTransfer(status.body, status.encoding)) : [],
    original: readOriginal(leaves),
  };
}

function listLeaves(part: MimePart): MimePart[] {
  return part.children.length === 0 ? [part] : part.children.flatMap(listLeaves);
}

function readOriginal(leaves: MimePart[]) {
  const original = leaves.findLast((part) =>
    /^(message\/(global|rfc822)|text\/rfc822-headers)/.test(part.type),
  );
  if (!original) return null;
  return toRecord(decodeTransfer(original.body, original.encoding).subarray(0, 256_000));
}

function readBlocks(bytes: Buffer): Record<string, string[]>[] {
  const text = decodeText(bytes.subarray(0, 1_000_000), null).replace(/\r\n?/g, '\n');
  return text
    .split(/\n[ \t]*\n/)
    .slice(0, 1_000)
    .map((block) => toRecord(Buffer.from(`${block.trim()}\n\n`)))
    .filter((block) => Object.keys(block).length > 0);
}

function toRecord(bytes: Buffer): Record<string, string[]> {
  const record: Record<string, string[]> = Object.create(null);
  for (const field of readHeaderFields(bytes).fields) {
    const values = record[field.name] ?? [];
    values.push(decodeHeader(field.value, null));
    record[field.name] = values;
  }
  return { ...record };
}
