import http from 'node:http';

export interface Timing {
  medianMs: number;
  p95Ms: number;
  perSecond: number;
  n: number;
}

export interface HttpCall {
  method: string;
  path: string;
  body?: unknown;
  type?: string;
}

/** A client that keeps its connections, as a browser or an integration would. */
export class LoadClient {
  readonly agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
  readonly port: number;
  readonly token: string;
  constructor(port: number, token: string) {
    this.port = port;
    this.token = token;
  }

  send({ method, path, body, type }: HttpCall): Promise<{ status: number; text: string }> {
    const payload = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const request = http.request(
        {
          port: this.port,
          host: '127.0.0.1',
          method,
          path,
          agent: this.agent,
          headers: {
            authorization: `Bearer ${this.token}`,
            ...(payload === undefined
              ? {}
              : { 'content-type': type ?? 'application/json', 'content-length': Buffer.byteLength(payload) }),
          },
        },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => {
            text += chunk;
          });
          response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
        },
      );
      request.on('error', reject);
      request.end(payload);
    });
  }

  async sendJson<T>(call: HttpCall): Promise<T> {
    const { status, text } = await this.send(call);
    if (status >= 300)
      throw new Error(`${call.method} ${call.path} answered ${status}: ${text.slice(0, 300)}`);
    return JSON.parse(text) as T;
  }

  close(): void {
    this.agent.destroy();
  }
}

/** Runs `work` for so many rounds after a warm-up, with one worker or several at once. */
export async function time(
  rounds: number,
  clients: number,
  work: (n: number) => Promise<unknown>,
): Promise<Timing> {
  const warm = Math.min(20, Math.ceil(rounds / 5));
  for (let n = 0; n < warm; n++) await work(n);
  const samples: number[] = [];
  let next = warm;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (next < warm + rounds) {
        const n = next++;
        const start = performance.now();
        await work(n);
        samples.push(performance.now() - start);
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  return summarise(samples, seconds);
}

export function summarise(samples: number[], seconds: number): Timing {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return {
    medianMs: round(at(0.5)),
    p95Ms: round(at(0.95)),
    perSecond: round(samples.length / seconds),
    n: samples.length,
  };
}

export const round = (value: number): number => Math.round(value * 100) / 100;
