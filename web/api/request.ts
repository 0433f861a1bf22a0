import { ApiError, type ErrorBody } from './api-error.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type QueryValue = string | number | boolean | undefined | null | readonly (string | number)[];

export type RequestOptions = {
  body?: unknown;
  query?: Record<string, QueryValue>;
  signal?: AbortSignal;
  /** The same key makes a repeated write happen once. */
  idempotencyKey?: string;
};

let answered: () => void = () => undefined;

/** Hears whenever the desk itself has answered, be it with a refusal: then it is there. */
export function onAnswer(hear: () => void): void {
  answered = hear;
}

const retryAfterMs = [300, 1200];

/**
 * One call to the desk's API; `path` without the leading `/api/desk/v1`. Only reads are tried again, after
 * a lost connection or a 502-504; a write that got no answer is the caller's to repeat, with its key.
 */
export async function request<T>(method: Method, path: string, options: RequestOptions = {}): Promise<T> {
  const waits = method === 'GET' ? retryAfterMs : [];
  for (const wait of waits) {
    try {
      return await attempt<T>(method, path, options);
    } catch (error) {
      if (!(error instanceof ApiError) || !error.isPassing) throw error;
      await pause(wait, options.signal);
    }
  }
  return attempt<T>(method, path, options);
}

async function attempt<T>(method: Method, path: string, options: RequestOptions): Promise<T> {
  const response = await send(method, path, options);
  const text = await response.text();
  const answer: unknown = text && isJson(response) ? JSON.parse(text) : undefined;
  if (response.status < 500) answered();
  if (!response.ok) throw ApiError.from(response.status, answer as ErrorBody | undefined);
  return answer as T;
}

async function send(method: Method, path: string, { body, query, signal, idempotencyKey }: RequestOptions) {
  const headers = new Headers({ accept: 'application/json' });
  if (method !== 'GET') headers.set('x-firstline-csrf', '1');
  if (idempotencyKey) headers.set('idempotency-key', idempotencyKey);
  const raw = body instanceof FormData || body instanceof Blob;
  if (body !== undefined && !raw) headers.set('content-type', 'application/json');
  const content = body === undefined || raw ? body : JSON.stringify(body);
  try {
    return await fetch(apiUrl(path, query), {
      method,
      headers,
      body: content,
      signal,
      credentials: 'same-origin',
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(0, 'network', 'No answer from the desk');
  }
}

export function apiUrl(path: string, query: Record<string, QueryValue> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null) continue;
    search.set(name, Array.isArray(value) ? value.join() : String(value));
  }
  const text = search.toString();
  return `/api/desk/v1${path}${text && `?${text}`}`;
}

const isJson = (response: Response) => response.headers.get('content-type')?.includes('json') ?? false;

function pause(ms: number, signal?: AbortSignal) {
  return new Promise<void>((resolve, reject) => {
    signal?.throwIfAborted();
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
