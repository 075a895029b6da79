import { randomUUID } from 'node:crypto';
import { ERRORS, type ErrorCode, type ErrorData } from '../src-shared/contract/errors.ts';

interface Extra {
  details?: string[];
  reasons?: ErrorData['reasons'];
  cause?: unknown;
}

/** The one error that leaves a service of the hub: a code of the closed list and a sentence for a person. */
export class HubError extends Error {
  readonly code: ErrorCode;
  readonly data: ErrorData;

  constructor(code: ErrorCode, message?: string, extra: Extra = {}) {
    super(message ?? ERRORS[code].message, { cause: extra.cause });
    this.name = 'HubError';
    this.code = code;
    this.data = { correlationId: randomUUID(), details: extra.details ?? [], reasons: extra.reasons ?? [] };
  }
}

/** Wraps what nobody has translated. */
export function asHubError(error: unknown): HubError {
  if (error instanceof HubError) return error;
  const full = error instanceof Error && 'code' in error && ['ENOSPC', 'EDQUOT', 'SQLITE_FULL', '53100'].includes(String(error.code));
  return new HubError(full ? 'DISK_FULL' : 'INTERNAL', undefined, { cause: error });
}
