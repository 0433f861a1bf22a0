import type { Attachment } from '../../../../../server/modules/tickets/contract.ts';
import { apiUrl } from '../../../../api/request.ts';
import { faceStack } from '../../../../ui/frame-faces.ts';

export const fileUrl = (key: string): string => apiUrl(`/files/${key}`);
export const pictureUrl = (key: string): string => apiUrl(`/files/${key}`, { inline: 1 });
const remoteUrl = (messageId: number, source: string): string =>
  apiUrl(`/messages/${messageId}/pictures`, { source });

/** The look of a mail on its own light sheet; the frame around it may not run anything. */
const sheet = `
  :root { color-scheme: light; }
  html { overflow: auto hidden; }
  body { margin: 0; padding: 10px 12px; font: 14px/1.5 var(--faces); color: #211d18;
    overflow-wrap: anywhere; }
  img { max-width: 100%; height: auto; } pre { white-space: pre-wrap; } table { max-width: 100%; }
  blockquote { margin-inline: 0; padding-inline-start: 12px; border-inline-start: 2px solid #cfc9be; }
  a { color: #0d5a63; }
`;

type MailParts = {
  messageId: number;
  html: string;
  attachments: readonly Attachment[];
  /** Shows pictures from elsewhere too; the desk fetches them. */
  pictures: boolean;
  /** Stands where one does not come. */
  pictureWord: string;
};

/** Makes cleaned mail HTML ready for a frame: own pictures by their file, others by the desk, links to a new tab. */
export function mailDocument(parts: MailParts): string {
  const page = new DOMParser().parseFromString(parts.html, 'text/html');
  for (const image of page.querySelectorAll('img')) settleImage(image, parts);
  for (const one of page.querySelectorAll<HTMLElement>('[style*="font" i], [face]')) nameMoreFaces(one);
  for (const link of page.querySelectorAll('a[href]')) {
    link.setAttribute('target', '_blank');
    link.setAttribute('rel', 'noopener noreferrer nofollow');
  }
  return `<!doctype html><html><head><meta charset="utf-8"><style>:root { --faces: ${faceStack()}; }${sheet}</style></head><body dir="auto">${page.body.innerHTML}</body></html>`;
}

/** A letter that the mail's own faces do not have is shown in the desk's. */
function nameMoreFaces(element: HTMLElement) {
  const named = element.style.fontFamily || element.getAttribute('face');
  if (named) element.style.fontFamily = `${named}, var(--faces)`;
}

function settleImage(image: HTMLImageElement, parts: MailParts) {
  const { firstlineCid: cid, firstlineFile, firstlineSrc: elsewhere } = image.dataset;
  const own = firstlineFile ?? parts.attachments.find((one) => cid && one.contentId === cid)?.key;
  if (own) image.src = pictureUrl(own);
  else if (elsewhere && parts.pictures) {
    image.src = remoteUrl(parts.messageId, elsewhere);
    image.alt ||= `[${parts.pictureWord}]`;
  } else if (elsewhere || !image.getAttribute('src')?.startsWith('data:')) image.remove();
}

/** HTML that says no more than its text does is shown as text, in the desk's own type and colours. */
export const needsFrame = (html: string | null): html is string =>
  html !== null &&
  /<(img|table|a|b|strong|i|em|u|ul|ol|h[1-6]|blockquote|pre|font|hr|center)[\s>]|style=/i.test(html);
