/** What a mail program wrote around: the earlier mail, the line or block that introduces it, a signature. */
export type QuoteMark = 'quote' | 'rest' | 'intro' | 'signature';

const marks: Record<string, QuoteMark> = {
  gmail_quote: 'quote',
  gmail_quote_container: 'quote',
  gmail_attr: 'intro',
  gmail_signature: 'signature',
  gmail_signature_prefix: 'signature',
  yahoo_quoted: 'quote',
  yahoo_quoted_begin: 'rest',
  zmail_extra: 'quote',
  protonmail_quote: 'quote',
  'protonmail_signature_block-user': 'signature',
  tutanota_quote: 'quote',
  'moz-cite-prefix': 'intro',
  'moz-signature': 'signature',
  'moz-email-headers-table': 'rest',
  'moz-forward-container': 'rest',
  outlookmessageheader: 'rest',
  divrplyfwdmsg: 'rest',
  appendonsend: 'rest',
  olk_src_body_section: 'quote',
  mail_quote: 'quote',
  quoted_text: 'quote',
  freebirdmailquote: 'quote',
  ntes_quote: 'quote',
  isreplycontent: 'quote',
  reply_intro: 'intro',
  'mobile-signature': 'signature',
  appleoriginalcontents: 'quote',
  ms_outlook_ios_signature: 'signature',
  replyforwardmessage: 'rest',
  'mail-editor-reference-message-container': 'rest',
  'mail-message-quote': 'quote',
  'x-zm-quote': 'quote',
  'front-blockquote': 'quote',
  hs_reply: 'quote',
  hmquote: 'quote',
  stopspelling: 'rest',
};

const valid = new Set<string>(['quote', 'rest', 'intro', 'signature']);

/** The mark that an element's class, id, type or known style gives it, or null. */
export function findQuoteMark(tag: string, attributes: Record<string, string>): QuoteMark | null {
  const own = attributes['data-firstline-mark'];
  if (own !== undefined && valid.has(own)) return own as QuoteMark;
  const names = `${attributes.class ?? ''} ${attributes.id ?? ''}`.slice(0, 500).toLowerCase().split(/\s+/);
  for (const name of names) {
    const mark = marks[name] ?? marks[name.replace(/^(x_)+/, '')];
    if (mark && Object.hasOwn(marks, name.replace(/^(x_)+/, ''))) return mark;
  }
  if (tag === 'blockquote' && /^cite$/i.test(attributes.type ?? '')) return 'quote';
  return isOutlookRule(tag, attributes.style ?? '') ? 'rest' : null;
}

/** Outlook draws one thin line above the headers of the mail that is answered. */
function isOutlookRule(tag: string, style: string): boolean {
  if (tag !== 'div' || style.length > 400) return false;
  const tight = style.toLowerCase().replace(/\s+/g, '');
  return (
    /border:none;border-top:solid#(b5c4df|e1e1e1)1\.0pt/.test(tight) ||
    /border-top:solid#(b5c4df|e1e1e1)1\.0pt;padding:3\.0pt/.test(tight) ||
    /border-(right|left):.*border-top:#b5c4df1ptsolid/.test(tight) ||
    /border-top:#b5c4df1ptsolid/.test(tight)
  );
}
