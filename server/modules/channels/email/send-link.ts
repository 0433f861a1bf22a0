import { format } from '../../../../i18n/catalogue.ts';
import { isLocale, type Locale } from '../../../../i18n/locales.ts';
import type { CommandContext } from '../../../platform/command.ts';
import type { Desk } from '../../../platform/desk.ts';
import { system } from '../../../platform/events/event-map.ts';
import type { JobRunner } from '../../../platform/jobs/job.ts';
import { readSetting } from '../../../platform/settings.ts';
import { deskSettings, mailLinks } from '../../auth/index.ts';
import { getCustomer } from '../../customers/index.ts';
import { getStaff } from '../../staff/index.ts';
import { findFirstInbox } from '../inboxes/inbox.ts';
import { limitReached } from './automatic-limits.ts';
import { formatMoment } from './format-moment.ts';
import { insertOutgoing } from './outbox/insert-outgoing.ts';

type Link = NonNullable<Awaited<ReturnType<typeof mailLinks.find>>>;

/** The letter with a link that signs somebody in: made here, sent like every other mail. */
export const sendLink: JobRunner = async (desk, job) => {
  const { linkId } = job.payload as { linkId: number };
  await desk.run(
    system,
    async (cx) => {
      const link = await mailLinks.find(cx.tx, linkId);
      if (!link || link.used || link.expiresAt <= cx.now) return;
      const reader = await readerOf(cx, link);
      const inbox = await findFirstInbox(cx.tx);
      if (!reader || !inbox) return;
      if (await limitReached(cx.tx, cx.now, reader.address, null)) return;
      const letter = await writeLetter(desk, cx, link, reader);
      await insertOutgoing(cx, {
        kind: 'link',
        automatic: true,
        inbox,
        ticketId: null,
        messageId: null,
        authorId: null,
        recipients: [reader.address],
        ccs: [],
        inReplyTo: null,
        references: [],
        sendAt: cx.now,
        ...letter,
      });
    },
    { job, causedBy: job.causedBy },
  );
};

interface Reader {
  address: string;
  locale: Locale;
  timeZone: string | null;
}

async function readerOf(cx: CommandContext, link: Link): Promise<Reader | null> {
  if (link.staffId !== null) {
    const staff = await getStaff(cx.tx, link.staffId);
    return { address: staff.email, locale: toLocale(staff.locale), timeZone: staff.timeZone };
  }
  const customer = link.customerId === null ? null : await getCustomer(cx.tx, link.customerId);
  if (!customer || customer.suspended) return null;
  const asked = customer.identities.find(({ id }) => id === link.identityId);
  const address = asked?.value ?? customer.email;
  return address
    ? { address: address.toLowerCase(), locale: toLocale(customer.locale), timeZone: customer.timeZone }
    : null;
}

const toLocale = (value: string | null): Locale => (isLocale(value) ? value : 'en');

async function writeLetter(desk: Desk, cx: CommandContext, link: Link, reader: Reader) {
  const { locale } = reader;
  const staff = link.purpose === 'staff_password';
  const area = staff ? 'mail.link.password' : 'mail.link.sign_in';
  const name = await readSetting(cx.tx, deskSettings.name);
  const url = staff
    ? `${desk.config.publicUrl}/password#${link.token}`
    : `${desk.config.publicUrl}/hc/${locale}/signin#${link.token}`;
  const until = await formatMoment(cx.tx, link.expiresAt, locale, reader.timeZone);
  return {
    subject: format(locale, `${area}.subject`, { name }),
    text: [
      format(locale, `${area}.text`, { name }),
      url,
      format(locale, 'mail.link.until', { time: until }),
      format(locale, 'mail.link.not_you'),
    ].join('\n\n'),
  };
}
