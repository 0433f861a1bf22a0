import { call, type RunningProcess } from '../running-desk.ts';

/** A mail as the ledger of a running desk shows it. */
export interface LedgerEntry {
  id: number;
  envelopeFrom: string;
  subject: string | null;
  from: string | null;
  fate: string;
  cause: string | null;
  detail: string | null;
  ticketId: number | null;
  messageId: number | null;
  size: number;
}

interface Page {
  items: LedgerEntry[];
  nextCursor: string | null;
}

const address = '/api/desk/v1/mail/ledger';

/** Every mail there is, newest first. */
export async function readLedger(desk: RunningProcess): Promise<LedgerEntry[]> {
  const entries: LedgerEntry[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const more: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
    const { status, body }: { status: number; body: Page } = await call<Page>(
      desk,
      'GET',
      `${address}?limit=100${more}`,
    );
    if (status !== 200) throw new Error(`the ledger answered ${status}`);
    entries.push(...body.items);
    cursor = body.nextCursor;
  }
  return entries;
}

/** Waits until no mail is unread any more. */
export async function untilRead(desk: RunningProcess, seconds = 60): Promise<void> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const { status, body } = await call<Page>(desk, 'GET', `${address}?fate=received&limit=1`);
    if (status === 200 && body.items.length === 0) return;
    if (Date.now() > end) throw new Error(`mails are still unread after ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export async function decide(desk: RunningProcess, id: number, verb: string): Promise<LedgerEntry> {
  const { status, body } = await call<LedgerEntry>(desk, 'POST', `${address}/${id}/${verb}`);
  if (status !== 200) throw new Error(`${verb} answered ${status}: ${JSON.stringify(body)}`);
  return body;
}
