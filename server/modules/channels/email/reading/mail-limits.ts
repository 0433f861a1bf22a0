/** Why a mail was not read. The raw mail is kept; an admin sees the reason and can have it read again. */
export type RefusalReason =
  | 'timeout'
  | 'memory'
  | 'crash'
  | 'too_many_parts'
  | 'too_deep'
  | 'header_too_large'
  | 'too_many_addresses'
  | 'unreadable';

export class MailRefusal extends Error {
  readonly reason: RefusalReason;
  readonly detail: string;

  constructor(reason: RefusalReason, detail: string) {
    super(`${reason}: ${detail}`);
    this.name = 'MailRefusal';
    this.reason = reason;
    this.detail = detail;
  }
}

export const mailLimits = {
  mailBytes: 26 * 1024 * 1024,
  headerBlockBytes: 1024 * 1024,
  headerFields: 4_000,
  parts: 1_000,
  depth: 40,
  addresses: 10_000,
  threadIds: 200,
  bodyCharacters: 4_000_000,
};
