import { escapeHtml, html, trustedHtml } from '../../../../platform/html.ts';

export interface InlineFile {
  key: string;
  contentId: string | null;
}

/** Pictures of the message's own files become `cid:` parts of the mail; others stay out. */
export function toMailHtml(cleaned: string, files: InlineFile[]): { html: string; used: Set<string> } {
  const used = new Set<string>();
  const text = cleaned.replace(/ data-firstline-(?:cid|file)="([^"]*)"/g, (_, name: string) => {
    const file = files.find((one) => one.key === name || one.contentId === name);
    if (!file) return '';
    used.add(file.key);
    return ` src="cid:${cidOf(file.key)}"`;
  });
  return { html: text.replace(/ data-firstline-src="/g, ' src="'), used };
}

export const cidOf = (key: string): string => `${key}@firstline`;

/** Plain words as HTML: paragraphs, line breaks, links. */
export function paragraphs(text: string): string {
  return text
    .split(/\n{2,}/)
    .map((one) => `<p>${linked(one).replace(/\n/g, '<br>')}</p>`)
    .join('\n');
}

function linked(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/g)
    .map((part, index) =>
      index % 2 ? `<a href="${escapeHtml(part)}">${escapeHtml(part)}</a>` : escapeHtml(part),
    )
    .join('');
}

export interface MailParts {
  body: string;
  signature: string;
  quote: { intro: string; text: string } | null;
  language: string;
}

export function mailDocument(parts: MailParts): string {
  const { body, signature, quote, language } = parts;
  const lines = (text: string) => trustedHtml(linked(text).replace(/\n/g, '<br>'));
  return html`<!doctype html><html lang="${language}"><head><meta charset="utf-8"></head><body>
<div>${trustedHtml(body)}</div>
${signature && html`<div>-- <br>${lines(signature)}</div>`}
${quote && html`<br><div>${quote.intro}</div><blockquote type="cite">${lines(quote.text)}</blockquote>`}
</body></html>`.text;
}
