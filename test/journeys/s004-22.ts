import { expect } from 'vitest';
import { makeInbox } from './inboxes.ts';
import type { Journey } from './journey.ts';
import { answerTo, mailIn, outgoingMail } from './mail.ts';
import { getTicket, reply } from './tickets.ts';

/** Mail to each address lands in its inbox, is answered from it, and the answer's reply comes back to it. */
export async function journey(my: Journey): Promise<void> {
  const from = `${my.tag}@customers.example`;
  for (const name of ['marketing', 'helpdesk', 'invoicing']) {
    const inbox = await makeInbox(my, name);
    const subject = `About ${name} ${my.tag}`;
    const id = await mailIn(my, { from, to: inbox.addresses[0], subject });
    expect((await getTicket(my, id)).inboxId).toBe(inbox.id);
    await reply(my, id, { text: 'Thank you for writing.' });
    const sent = await outgoingMail(my, id, 'reply');
    expect(sent.from).toContain(inbox.addresses[0]);
    const back = { ...(await answerTo(my, sent)), subject: `Re: ${subject} - thanks` };
    expect(await mailIn(my, { from, ...back })).toBe(id);
    expect((await getTicket(my, id)).inboxId).toBe(inbox.id);
  }
}
