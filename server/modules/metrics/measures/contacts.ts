import { secondsBetween } from '../arithmetic/instant.ts';
import type { Channel, HistoryEvent } from '../history.ts';
import { isCustomerMessage } from '../history.ts';
import type { Life } from '../life.ts';
import type { Reading } from '../observation.ts';
import { dimensionsOf } from '../walk.ts';

const SAME_CHAT_SECONDS = 1800;

/**
 * Inbound contacts, each with its own channel: every call, and every turn of the customer in writing.
 * Messages that follow one another on a channel with no public answer between are one contact; in
 * chat so are messages less than 30 minutes apart. A ticket without either has its creation.
 */
export function measureContacts({ history, steps, opened }: Life): Reading[] {
  const readings: Reading[] = [];
  let last: { channel: Channel | null; at: number } | null = null;
  let answered = false;
  for (const { event, after } of steps) {
    const channel = contactChannel(event, history.channel);
    if (channel === undefined) {
      answered ||= isPublicAnswer(event);
      continue;
    }
    const joins = event.type === 'message' && last !== null && continues(last, channel, event.at, answered);
    last = { channel, at: event.at };
    answered = false;
    if (joins) continue;
    const dims = { ...dimensionsOf(history, after, null), channel };
    readings.push({ measure: 'contact', key: event.eventId, event, dims, value: 1 });
  }
  const beganByItself = readings[0]?.event.at === opened.at || history.origin === 'proactive';
  const first = steps[0];
  if (beganByItself || first === undefined) return readings;
  const dims = dimensionsOf(history, first.after, null);
  return [{ measure: 'contact', key: opened.eventId, event: opened, dims, value: 1 }, ...readings];
}

function contactChannel(event: HistoryEvent, own: Channel | null): Channel | null | undefined {
  if (event.type === 'call') return 'phone';
  if (isCustomerMessage(event) && event.type === 'message') return event.channel ?? own;
  return undefined;
}

function isPublicAnswer(event: HistoryEvent): boolean {
  return event.type === 'message' && event.public && (event.author === 'agent' || event.author === 'bot');
}

function continues(
  last: { channel: Channel | null; at: number },
  channel: Channel | null,
  at: number,
  answered: boolean,
): boolean {
  if (last.channel !== channel) return false;
  return !answered || (channel === 'chat' && secondsBetween(last.at, at) < SAME_CHAT_SECONDS);
}
