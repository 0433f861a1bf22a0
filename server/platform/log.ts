import pino from 'pino';
import { describeError } from './describe-error.ts';

/**
 * Structured log lines carry ids, never message bodies, subjects or addresses. An error goes in as it is, as `error`:
 * the line shows it with what caused it.
 */
export type Log = pino.Logger;

export function createLog(level: string, out?: pino.DestinationStream): Log {
  const options: pino.LoggerOptions = {
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { error: describeError },
    redact: { paths: ['req.headers', 'password', 'token', '*.password', '*.token'], censor: '[removed]' },
  };
  return out ? pino(options, out) : pino(options);
}
