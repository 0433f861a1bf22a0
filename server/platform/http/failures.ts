import { HttpError } from './errors.ts';

/** Turns whatever was thrown into an answer; what we did not foresee becomes a plain 500 without details. */
export function toHttpError(error: Error & { statusCode?: number; code?: string }): HttpError {
  if (error instanceof HttpError) return error;
  const status = error.statusCode ?? 500;
  // A path that leads out of the web folder is refused by its reader; for whoever asks there is nothing there either.
  if (status === 404 || status === 403)
    return new HttpError(404, 'not_found', 'There is nothing at this address.');
  if (status === 413) return new HttpError(413, 'too_large', 'The request is larger than this door takes.');
  if (status === 415)
    return new HttpError(415, 'unsupported_media_type', 'Send JSON with content-type application/json.');
  if (error.code === 'FST_ERR_BAD_URL')
    return new HttpError(400, 'bad_request', 'The address cannot be read.');
  if (status >= 400 && status < 500)
    return new HttpError(status, 'bad_request', 'The request cannot be read as JSON.');
  if (isDatabaseAway(error)) {
    return new HttpError(
      503,
      'database_away',
      'The database does not answer; nothing was changed. Try again shortly.',
      {
        headers: { 'retry-after': '2' },
      },
    );
  }
  if (isDiskFull(error)) return new HttpError(507, 'disk_full', 'The disk is full; nothing was changed.');
  // A NUL or half a surrogate pair: text that no row can hold.
  if (error.code === '22021' || error.code === '22P05')
    return new HttpError(422, 'unprocessable', 'A text holds a character that cannot be stored.');
  return new HttpError(
    500,
    'internal',
    'Something failed on our side; nothing was changed. The log has the request id.',
  );
}

function isDatabaseAway(error: { code?: string; message: string }): boolean {
  const code = error.code ?? '';
  if (/^(08|57P0)/.test(code) || ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', '25006'].includes(code))
    return true;
  return /Connection terminated|timeout exceeded when trying to connect/.test(error.message);
}

/** The database's disk, or that of the files. */
const isDiskFull = ({ code }: { code?: string }): boolean =>
  code === '53100' || code === 'ENOSPC' || code === 'EDQUOT';

/** The wire has its own error shape; everything else answers the native one. */
export function failureBody(url: string, failure: HttpError, requestId: string): object {
  if (!url.startsWith('/api/v2')) return { ...failure.body(), requestId };
  const name =
    (failure.code === 'too_many' ? 'TooManyValues' : wireNames[failure.status]) ??
    (failure.status < 500 ? 'BadRequest' : 'InternalError');
  const details = Object.fromEntries(
    Object.entries(failure.fields ?? {}).map(([field, text]) => [
      field,
      [
        {
          description: text === 'taken' ? 'is taken already' : text,
          error: wireFaults[text] ?? 'InvalidValue',
        },
      ],
    ]),
  );
  return {
    error: failure.status === 401 ? "Couldn't authenticate you" : name,
    description: failure.status === 404 ? 'Not found' : failure.message,
    ...(failure.fields ? { details } : {}),
  };
}

const wireFaults: Record<string, string | undefined> = {
  taken: 'DuplicateValue',
  required: 'BlankValue',
  'cannot be blank': 'BlankValue',
};

const wireNames: Record<number, string> = {
  400: 'BadRequest',
  403: 'Forbidden',
  404: 'RecordNotFound',
  409: 'UpdateConflict',
  413: 'TooLarge',
  415: 'UnsupportedMediaType',
  422: 'RecordInvalid',
  429: 'TooManyRequests',
  503: 'DatabaseUnavailable',
  507: 'DatabaseUnavailable',
};
