import MailComposer from 'nodemailer/lib/mail-composer';
import type { Locale } from '../../i18n/locales.ts';
import { mailServer } from './company.ts';
import type { CustomerPart } from './customers.ts';

export interface WantedMail {
  from: Pick<CustomerPart, 'name' | 'email' | 'language' | 'timeZone'>;
  to: string;
  cc: CustomerPart | null;
  subject: string;
  text: string;
  headerId: string;
  references: string[];
  answered: { text: string; at: Date } | null;
  headers?: Record<string, string>;
  at: Date;
}

/** A customer's mail as the bytes their program sends, and what the mail server wrote above them. */
export function writeMail(mail: WantedMail): Promise<Buffer> {
  const quoted = mail.answered
    ? `\n\n${quoteOf(mail.answered, mail.from.language, mail.to, mail.from.timeZone)}`
    : '';
  return new MailComposer({
    from: { name: mail.from.name, address: mail.from.email },
    to: mail.to,
    ...(mail.cc ? { cc: { name: mail.cc.name, address: mail.cc.email } } : {}),
    subject: mail.references.length > 0 ? `Re: ${mail.subject}` : mail.subject,
    messageId: `<${mail.headerId}>`,
    ...(mail.references.length > 0
      ? { inReplyTo: `<${mail.references.at(-1)}>`, references: mail.references.map((id) => `<${id}>`) }
      : {}),
    date: mail.at,
    headers: {
      'Authentication-Results': `${mailServer}; dmarc=pass header.from=${mail.from.email.split('@')[1]}`,
      'Content-Language': mail.from.language,
      ...mail.headers,
    },
    text: `${mail.text}${quoted}`,
  })
    .compile()
    .build();
}

const intros: Record<Locale, (when: string, who: string) => string> = {
  be: (when, who) => `${when}, ${who} піша:`,
  'zh-CN': (when, who) => `在 ${when}，${who} 写道：`,
  'zh-TW': (when, who) => `在 ${when}，${who} 寫道：`,
  en: (when, who) => `On ${when}, ${who} wrote:`,
};

function quoteOf(
  answered: { text: string; at: Date },
  language: Locale,
  to: string,
  timeZone: string,
): string {
  const when = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    timeZone,
    day: 'numeric',
    month: language === 'be' ? 'numeric' : 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(answered.at);
  const lines = answered.text.split('\n').map((line) => `> ${line}`);
  return [intros[language](when, `Lantern <${to}>`), ...lines].join('\n');
}
