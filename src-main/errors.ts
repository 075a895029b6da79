import { randomUUID } from 'node:crypto';
import { ERRORS, type ErrorCode, type ErrorData } from '../src-shared/contract/errors.ts';

type Reason = ErrorData['reasons'][number];
interface Extra {
  details?: string[];
  reasons?: Reason[];
  cause?: unknown;
}

/**
 * The one error that leaves a service or a leaf. `message` is a sentence for a person: what happened, why if known, what to do.
 * Leaves translate foreign errors into it once, at their own edge; what is unknown is wrapped by `asWorkbenchError`.
 */
export class WorkbenchError extends Error {
  readonly code: ErrorCode;
  readonly data: ErrorData;

  constructor(code: ErrorCode, message?: string, extra: Extra = {}) {
    super(message ?? ERRORS[code].message, { cause: extra.cause });
    this.name = 'WorkbenchError';
    this.code = code;
    this.data = { correlationId: randomUUID(), details: extra.details ?? [], reasons: extra.reasons ?? [] };
  }
}

const SYSTEM_CODES: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: 'DISK_FULL',
  EDQUOT: 'DISK_FULL',
  SQLITE_FULL: 'DISK_FULL',
  EROFS: 'HOME_UNUSABLE',
  SQLITE_READONLY: 'HOME_UNUSABLE',
};

/** Wraps what no leaf has translated; a full disk and a read-only home are recognised wherever they come from. */
export function asWorkbenchError(error: unknown): WorkbenchError {
  if (error instanceof WorkbenchError) return error;
  const systemCode = error instanceof Error && 'code' in error ? String(error.code) : '';
  const code = SYSTEM_CODES[systemCode];
  if (code !== undefined) return new WorkbenchError(code, undefined, { cause: error });
  return new WorkbenchError('INTERNAL', undefined, { cause: error });
}
