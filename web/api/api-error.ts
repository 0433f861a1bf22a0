export type ErrorBody = {
  error?: {
    code?: string;
    message?: string;
    fields?: Record<string, string>;
    details?: Record<string, unknown>;
  };
};

/** What the desk answered instead; status 0 when there was no answer at all. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  /** Path of a field in the body to what is wrong with it. */
  readonly fields: Record<string, string>;
  /** What the desk adds to some codes, such as the reply someone else sent first. */
  readonly details: Record<string, unknown>;

  constructor(
    status: number,
    code: string,
    message: string,
    more: Pick<NonNullable<ErrorBody['error']>, 'fields' | 'details'> = {},
  ) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.fields = more.fields ?? {};
    this.details = more.details ?? {};
  }

  static from(status: number, body: ErrorBody | undefined): ApiError {
    const { code, message, ...more } = body?.error ?? {};
    return new ApiError(status, code ?? codeOf(status), message ?? `HTTP ${status}`, more);
  }

  /** Likely to go away by itself. */
  get isPassing(): boolean {
    return this.status === 0 || (this.status >= 502 && this.status <= 504);
  }
}

function codeOf(status: number): string {
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not_found';
  if (status === 429) return 'too_many_requests';
  return status >= 500 ? 'internal' : 'invalid';
}
