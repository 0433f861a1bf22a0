/** What the mail door grants a connection. Times in milliseconds. */
export interface DoorLimits {
  /** Silence after which it is closed. */
  idleMilliseconds: number;
  /** From the greeting, or from the last mail's answer, to the next mail's first byte. */
  envelopeMilliseconds: number;
  /** For the bytes of one mail. */
  dataMilliseconds: number;
  /** For room in memory, before the sender is put off. Less than `idleMilliseconds`: a waiting sender is silent. */
  roomMilliseconds: number;
  /** Of large mails that are being taken, over all connections. */
  roomBytes: number;
  /** Of the disk, kept for the database and for what was taken already: with less, mail is put off. */
  spareBytes: number;
}

export const doorLimits: DoorLimits = {
  idleMilliseconds: 60_000,
  envelopeMilliseconds: 3 * 60_000,
  dataMilliseconds: 5 * 60_000,
  roomMilliseconds: 40_000,
  roomBytes: 64 * 1024 * 1024,
  spareBytes: 200 * 1024 * 1024,
};

export const largestMail = 25 * 1024 * 1024;
