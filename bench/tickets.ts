import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { root } from '../test/source-files.ts';

const generator = path.join(root, '../shared/data/bench/generate.mjs');

export const hasGenerator = (): boolean => existsSync(generator);

/** One generated ticket, as the generator beside the checkout prints it. */
export interface GeneratedTicket {
  n: number;
  key: string;
  subject: string;
  lang: string;
  requester: { name: string; email: string; org: string };
  channel: string;
  priority: string;
  type: string;
  group: string;
  agent: { name: string; email: string } | null;
  tags: string[];
  status: string;
  created_at: string;
  solved_at: string | null;
  messages: {
    kind: 'customer' | 'agent' | 'note';
    author: string;
    at: string;
    message_id: string;
    body: string;
  }[];
}

/** The same tickets for the same count and seed, one at a time. */
export async function* generateTickets(count: number, seed: number): AsyncGenerator<GeneratedTicket> {
  const child = spawn(process.execPath, [generator, '--tickets', String(count), '--seed', String(seed)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  for await (const line of readline.createInterface({ input: child.stdout })) {
    if (line) yield JSON.parse(line) as GeneratedTicket;
  }
}

const channels: Record<string, string> = {
  web: 'form',
  email: 'email',
  chat: 'chat',
  api: 'api',
  phone: 'phone',
};

/** As a line of the history import. */
export function toHistoryLine(ticket: GeneratedTicket, prefix: string): string {
  const events: object[] = ticket.messages.map((message) => ({
    at: message.at,
    type: 'message',
    author: message.kind === 'customer' ? 'customer' : 'agent',
    ...(message.kind === 'customer' ? {} : { agent: message.author }),
    public: message.kind !== 'note',
    body: message.body,
  }));
  const firstAnswer = ticket.messages.find((message) => message.kind === 'agent');
  if (firstAnswer)
    events.push({ at: firstAnswer.at, type: 'assign', agent: firstAnswer.author, by: 'routing' });
  const end = ticket.solved_at ?? ticket.messages.at(-1)?.at ?? ticket.created_at;
  if (ticket.status === 'solved' || ticket.status === 'closed')
    events.push({ at: end, type: 'status', to: ticket.status });
  else if (ticket.status !== 'new') events.push({ at: end, type: 'status', to: ticket.status });
  const line = {
    id: `${prefix}-${ticket.key}`,
    subject: ticket.subject,
    createdAt: ticket.created_at,
    channel: channels[ticket.channel] ?? 'email',
    origin: 'inbound',
    customer: ticket.requester.email,
    organization: ticket.requester.org,
    team: ticket.group,
    priority: ticket.priority,
    type: ticket.type,
    language: ticket.lang,
    tags: ticket.tags,
    events: events.sort(
      (a, b) => Date.parse((a as { at: string }).at) - Date.parse((b as { at: string }).at),
    ),
  };
  return JSON.stringify(line);
}

/** The customer's first message as a mail. */
export function toMail(ticket: GeneratedTicket, to: string, n: number): { from: string; raw: string } {
  const text = Buffer.from(ticket.messages[0]?.body ?? '')
    .toString('base64')
    .replace(/(.{76})/g, '$1\r\n');
  const word = (value: string) => `=?UTF-8?B?${Buffer.from(value).toString('base64')}?=`;
  const raw = [
    `From: ${word(ticket.requester.name)} <${ticket.requester.email}>`,
    `To: ${to}`,
    `Subject: ${word(ticket.subject.slice(0, 30))}`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <bench-${n}-${ticket.key}@mail.example>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    text,
    '',
  ].join('\r\n');
  return { from: ticket.requester.email, raw };
}
