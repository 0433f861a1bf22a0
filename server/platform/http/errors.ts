/** An answer that is not what was asked for: a stable code and a sentence a person can act on. */
export class HttpError extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: Record<string, string> | undefined;
  readonly details: Record<string, unknown> | undefined;
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    code: string,
    message: string,
    more: {
      fields?: Record<string, string>;
      details?: Record<string, unknown>;
      headers?: Record<string, string>;
    } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.fields = more.fields;
    this.details = more.details;
    this.headers = more.headers ?? {};
  }

  body(): { error: { code: string; message: string; fields?: Record<string, string>; details?: unknown } } {
    return {
      error: {
        code: this.code,
        message: this.message,
        ...(this.fields ? { fields: this.fields } : {}),
        ...(this.details ? { details: this.details } : {}),
      },
    };
  }
}

export const badRequest = (message: string, code = 'bad_request') => new HttpError(400, code, message);
export const unauthorized = () => new HttpError(401, 'unauthorized', 'Sign in, or send an API token.');
export const forbidden = (message = 'Your role does not allow this.') =>
  new HttpError(403, 'forbidden', message);
export const notFound = (what = 'That') =>
  new HttpError(404, 'not_found', `${what} does not exist, or is not yours to see.`);
export const conflict = (message: string, details?: Record<string, unknown>, code = 'conflict') =>
  new HttpError(409, code, message, { ...(details ? { details } : {}) });
export const invalid = (
  fields: Record<string, string>,
  message = 'Some fields cannot be taken as they are.',
) => new HttpError(422, 'invalid', message, { fields });
export const tooMany = (seconds: number) =>
  new HttpError(429, 'too_many_requests', `Too many requests; try again in ${seconds} s.`, {
    headers: { 'retry-after': String(seconds) },
  });
