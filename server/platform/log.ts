import pino from 'pino';

/** Structured log lines carry ids, never message bodies, subjects or addresses. */
export type Log = pino.Logger;

export function createLog(level: string): Log {
  return pino({
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: ['req.headers', 'password', 'token', '*.password', '*.token'], censor: '[removed]' },
  });
}
