/** An SMTP answer other than 250: the number a mail server understands, and a sentence for its log. */
export class SmtpRefusal extends Error {
  readonly responseCode: number;
  constructor(responseCode: number, message: string) {
    super(message);
    this.responseCode = responseCode;
  }
}

export const noSuchInbox = () => new SmtpRefusal(550, '5.1.1 No such mailbox here');
export const tooLarge = () => new SmtpRefusal(552, '5.3.4 Message is larger than 25 MB');
export const bareLineFeed = () =>
  new SmtpRefusal(550, '5.6.11 Bare line feeds are not accepted, end lines with CR LF');
export const tooSlow = () => new SmtpRefusal(421, '4.4.2 Took too long');
export const tooManyFromYou = () =>
  new SmtpRefusal(421, '4.7.0 Too many connections or errors from your address');
export const slowDown = () => new SmtpRefusal(451, '4.7.1 Too many messages at once, try again later');
export const diskFull = () => new SmtpRefusal(452, '4.3.1 Not enough space, try again later');
export const tryLater = () => new SmtpRefusal(451, '4.3.0 Cannot be stored now, try again later');
export const badAddress = () => new SmtpRefusal(501, '5.1.7 That address cannot be read');

const diskFullInDatabase = '53100';

/** What a sender is told when our database does not do as asked: always to try again, never that it was taken. */
export function refusalOf(error: unknown): SmtpRefusal {
  if (error instanceof SmtpRefusal) return error;
  return (error as { code?: string }).code === diskFullInDatabase ? diskFull() : tryLater();
}
