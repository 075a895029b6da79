import type { ErrorCode } from '../../src-shared/contract/errors.ts';
import { WorkbenchError } from '../errors.ts';
import type { Attempt } from './capabilities.ts';

export type DriverCode = Extract<
  ErrorCode,
  | 'OOBM_UNREACHABLE'
  | 'OOBM_AUTH'
  | 'OOBM_REFUSED'
  | 'OOBM_UNSUPPORTED'
  | 'OOBM_IDENTITY'
  | 'NOT_RESERVED'
  | 'TIMEOUT'
  | 'CANCELLED'
  | 'BAD_REQUEST'
  | 'INTERNAL'
>;

/** What a driver throws. `message` is a sentence for a person, without secrets. */
export class DriverError extends Error {
  readonly code: DriverCode;
  /** Facts, one a line, for instance the fingerprint that was shown. */
  readonly details: readonly string[];
  attempts: Attempt[] = [];

  constructor(code: DriverCode, message: string, extra: { details?: readonly string[]; cause?: unknown } = {}) {
    super(message, { cause: extra.cause });
    this.name = 'DriverError';
    this.code = code;
    this.details = extra.details ?? [];
  }
}

/** A `DriverError` on its way out of a thread. */
export interface PlainDriverError {
  code: DriverCode;
  message: string;
  details: string[];
  attempts: Attempt[];
}

export function plainError(error: unknown): PlainDriverError {
  if (error instanceof DriverError) {
    const { code, message, details, attempts } = error;
    return { code, message, details: [...details], attempts };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'INTERNAL', message: `A driver failed unexpectedly: ${message}`, details: [], attempts: [] };
}

/** For the services: every attempt is a line of `details` and a reason, its subject the provider. */
export function workbenchError({ code, message, details, attempts }: PlainDriverError): WorkbenchError {
  const lines = attempts.map((each) => `${each.provider}: ${each.message ?? 'done'} (${Math.round(each.tookMs)} ms)`);
  const reasons = attempts
    .filter((each) => each.code !== null)
    .map((each) => ({ code: each.code ?? code, message: each.message ?? message, subject: each.provider }));
  return new WorkbenchError(code, message, { details: [...lines, ...details], reasons });
}

/** Whatever was thrown, as a `DriverError`; `translate` knows the library's own errors. */
export function asDriverError(error: unknown, translate?: (error: unknown) => DriverError | undefined): DriverError {
  if (error instanceof DriverError) return error;
  return translate?.(error) ?? networkError(error) ?? new DriverError('INTERNAL', plainError(error).message, { cause: error });
}

const NETWORK: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to its network',
  ETIMEDOUT: 'it does not answer',
  ECONNRESET: 'it cut the connection',
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name cannot be looked up now',
  EPIPE: 'it cut the connection',
};

/** Errors that every socket has; undefined for others. */
export function networkError(error: unknown): DriverError | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const words = NETWORK[code];
  return words === undefined ? undefined : new DriverError('OOBM_UNREACHABLE', `It cannot be reached: ${words}.`, { cause: error });
}
