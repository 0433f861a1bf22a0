/** The words mail programs put around an earlier mail, by language. All matched against short strings only. */

const wroteVerbs =
  'wrote|writes|schrieb|schreibt|hat geschrieben|a écrit|écrit|a ecrit|ecrit|escribió|escribio|escribiu|escreveu|' +
  'ha scritto|scrisse|scrive|schreef|geschreven|napisał|napisała|napisał\\(a\\)|napisał/a|pisze|napsal|napsala|napsal\\(a\\)|' +
  'napísal|napísala|írta|a scris|yazdı|skrev|skrifaði|kirjoitti|napisao|napisala|написао|' +
  'пишет|писал|писала|написал|написала|написал\\(а\\)|написали|написа|пише|писав|писала|написав|написала|написав\\(ла\\)|' +
  'піша|пісаў|напісаў|напісала|напісаў\\(ла\\)|έγραψε|כתב|كتب|đã viết|menulis';

const endsWithVerb = new RegExp(`(${wroteVerbs})\\s*$`, 'iu');
const wroteCjk =
  /(写道|寫道|书写道|撰寫|来信|のメール|のメッセージ|書きました|に書き込み|작성|님이 작성|님의 말)/;
const wrotePattern = new RegExp(`(^|[\\s>\\])"',])(${wroteVerbs})(?=$|[\\s:：.<"'\\-])`, 'iu');
const introOpeners =
  /^(on|am|le|el|em|il|op|w dniu|dnia|den|dne|dňa|pe|ons|tor|fre|lør|lau|a|в|у|вт|пн|ср|чт|пт|сб|вс|在|於|于|at|date|in (einer|a) (nachricht|message)|at)[\s,.]/iu;

const emailPattern = /[^\s<>"'()[\]:;,]{1,80}(@|\(at\))[\w.-]{2,80}/;
const clock = /\b\d{1,2}[:.h]\d{2}\b/;
const year = /\b(19|20)\d{2}\b|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}年/;
const monthDay = /\b\d{1,2}\.? ?[\p{L}]{3,12}\.?|\b[\p{L}]{3,12}\.? \d{1,2}\b/u;
const maxIntroCharacters = 420;

/** `On <date>, <somebody> wrote:` in any of the languages; `text` is one line or several joined. */
export function isReplyIntro(text: string): boolean {
  if (text.length > maxIntroCharacters || text.length < 6) return false;
  const plain = trimRules(text);
  const ends = /[:：]\s*$/.test(plain) || plain !== text.trim();
  const verb = wrotePattern.test(plain) || wroteCjk.test(plain);
  const dated = clock.test(plain) || year.test(plain);
  const addressed = emailPattern.test(plain);
  if (verb) {
    const closed = ends || endsWithVerb.test(plain) || wroteCjk.test(plain.slice(-12));
    return (
      closed &&
      (addressed || (dated && (introOpeners.test(plain) || clock.test(plain) || monthDay.test(plain))))
    );
  }
  return dated && addressed && ends && startsWithDate(plain);
}

/** A date and an address with no verb and no colon: an intro only where a quote follows. */
export function isBareIntro(text: string): boolean {
  if (text.length > 200) return false;
  return (
    /^(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4})/.test(text) && emailPattern.test(text)
  );
}

export function mayStartIntro(text: string): boolean {
  return (
    introOpeners.test(text) ||
    startsWithDate(text) ||
    /^-{2,} ?\p{L}/u.test(text) ||
    /^["'\p{L}][^:]{0,80}[<(["]/u.test(text) ||
    wrotePattern.test(text)
  );
}

function startsWithDate(text: string) {
  return /^(בתאריך|["'(]?((\p{L}{2,12})[.,]? )?(le |den |de |the )?\d{1,4}([./年-]|[:.]\d|\.? \p{L}|-?(st|nd|rd|th)))/iu.test(
    text,
  );
}

function trimRules(text: string) {
  return text
    .replace(/^[\s*_]+|[\s*_]+$/g, '')
    .replace(/^-{2,}\s*|\s*-{2,}$/g, '')
    .trim();
}

const originalWords =
  'original message|original appointment|original email|original mail|original text|reply message|reply above|' +
  "ursprüngliche nachricht|originalnachricht|original-nachricht|message d['’]origine|message original|mensaje original|" +
  'mensagem original|messaggio originale|oorspronkelijk bericht|origineel bericht|wiadomość oryginalna|oryginalna wiadomość|' +
  'исходное сообщение|первоначальное сообщение|вихідне повідомлення|оригінальне повідомлення|зыходнае паведамленне|' +
  '原始邮件|邮件原件|原始郵件|原始信件|元のメッセージ|original mitteilung|ursprungligt meddelande|originalmeddelande|' +
  'oprindelig meddelelse|original meddelelse|opprinnelig melding|původní zpráva|původní e-mail|pôvodná správa|' +
  'alkuperäinen viesti|eredeti üzenet|mesaj original|orijinal mesaj|원본 메시지|원본 메일';
const originalPattern = new RegExp(
  `^[\\s>*]*[-_=*]{2,}[\\s*]*(${originalWords}|previous replies)[\\s*:]*[-_=*]*\\s*$|^\\s*-{2,}\\s*original\\s*-{2,}\\s*$|^\\*?(previous replies|reply above this line)\\*?$`,
  'iu',
);

const forwardWords =
  'forwarded message|forwarded by|begin forwarded message|forwarded email|weitergeleitete nachricht|weitergeleitete e-mail|' +
  'anfang der weitergeleiteten nachricht|message transféré|début du message transféré|début du message réexpédié|mensaje reenviado|' +
  'inicio del mensaje reenviado|mensagem encaminhada|mensagem reencaminhada|início da mensagem encaminhada|messaggio inoltrato|' +
  'inizio messaggio inoltrato|doorgestuurd bericht|begin doorgestuurd bericht|wiadomość przekazana|przekazana wiadomość|' +
  'пересылаемое сообщение|пересланное сообщение|начало переадресованного сообщения|переслане повідомлення|' +
  'перасланае паведамленне|转发的邮件|轉寄的郵件|轉寄郵件|転送メッセージ|転送されたメッセージ|vidarebefordrat meddelande|' +
  'vidarebefordrat brev|videresendt meddelelse|videresendt melding|přeposlaná zpráva|edelleenlähetetty viesti|továbbított üzenet';
const forwardPattern = new RegExp(
  `^[\\s>*]*(?:[-_=*]{2,}\\s*(${forwardWords})\\s*[-_=*:]*|(${forwardWords})\\s*[:：])\\s*$`,
  'iu',
);

export const isOriginalMarker = (line: string) => line.length < 120 && originalPattern.test(line);
export const isForwardMarker = (line: string) => line.length < 120 && forwardPattern.test(line);

type HeaderKind = 'from' | 'date' | 'to' | 'subject' | 'other';

const labels: Record<HeaderKind, string> = {
  from: 'מאת|from|de|von|van|da|od|от|від|ад|ад каго|发件人|寄件者|寄件人|差出人|från|fra|lähettäjä|보낸 사람|feladó|gönderen|kimden|de la|expéditeur|remitente|afzender|message de|message du',
  date: 'נשלח|תאריך|sent|date|gesendet|gesendet am|datum|envoyé|envoyé le|date d.envoi|enviado|enviado el|enviada em|enviada|fecha|data|inviato|verzonden|verzonden op|wysłano|wysłane|отправлено|дата|надіслано|адпраўлена|发送时间|日期|时间|送信日時|送信日|日時|傳送時間|寄件日期|傳送日期|skickat|sendt|dato|lähetetty|päivämäärä|odesláno|보낸 날짜|날짜|message du|elküldve',
  to: 'אל|to|an|à|a|para|aan|do|кому|каму|收件人|收件者|宛先|to|till|til|vastaanottaja|komu|받는 사람|címzett|kime|destinataire|destinatario|către',
  subject:
    'נושא|subject|betreff|objet|sujet|asunto|assunto|oggetto|onderwerp|temat|тема|主题|主題|主旨|件名|标题|ämne|emne|aihe|předmět|predmet|제목|tárgy|konu|subiect',
  other:
    'cc|bcc|kopie|kopia|copie|copie à|копия|копія|копія|抄送|副本|ccn|cci|reply-to|répondre à|antwort an|antworten an|importance|priority|attachments|anlagen|message-id|organization',
};
const kinds = new Map<string, HeaderKind>();
for (const [kind, list] of Object.entries(labels)) {
  for (const label of list.split('|')) if (!kinds.has(label)) kinds.set(label, kind as HeaderKind);
}

/** What header of a copied header block the line is (`From: …`, `*Gesendet:* …`), or null. */
export function readCopiedHeader(line: string): HeaderKind | null {
  const match = /^[\s>*|]{0,12}([\p{L}][\p{L}'’ -]{0,24}?)\s?\*?\s?[:：]\*?(?!\/\/)/u.exec(line.slice(0, 60));
  return match ? (kinds.get(match[1]!.trim().toLowerCase()) ?? null) : null;
}

const sentFrom =
  /^[\s>*_[(]*((sent|send) (from|via|with|using|by) |נשלח מ|get outlook for |outlook for |get the outlook|download outlook|envoyé (de|depuis|à partir|avec|par) |télécharge[rz] outlook|gesendet (von|mit|über|aus) |von mein(em|er) .{2,40} gesendet|diese nachricht wurde von mein|enviado (desde|do|de|a partir|con|pelo|via|mediante) |inviato (da|dal|dall|con) ?|ottieni outlook|verzonden (vanaf|met|via|door) |verstuurd vanaf|wysłan[eoay] (z|za|przez) |отправлено (с|со|из|от|через) |послано с |надіслано (з|із|від|за) |відправлено (з|із) |адпраўлена (з|са|праз) |發自|发自|來自我的|来自我的|從我的|从我的|傳送自|由我的|skickat från |skickades från |sendt fra |sendt med |lähetetty |odesláno z |odoslané z |sent iz |poslano (iz|s) |trimis de pe |iphone ?から|.{1,30}から送信|나의 .{1,20}에서 보냄|yandex\.|mobile\.? sent)/iu;

/** `Sent from my iPhone` and its kin in many languages. */
export function isSentFrom(line: string): boolean {
  return line.length <= 120 && sentFrom.test(line);
}
