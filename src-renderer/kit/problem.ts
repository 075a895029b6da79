/** An error as a page shows it: a sentence for a person, all reasons, and what finds it in the log. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly details: readonly string[];
  readonly reasons: readonly string[];
  readonly correlationId: string;
}

interface Data {
  readonly correlationId?: unknown;
  readonly details?: unknown;
  readonly reasons?: unknown;
}

/** Reads whatever a call threw; what is not of the contract becomes one honest sentence. */
export function toProblem(error: unknown): Problem {
  if (!(error instanceof Error)) return { code: 'INTERNAL', message: String(error), details: [], reasons: [], correlationId: '' };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'INTERNAL';
  const data: Data = 'data' in error && typeof error.data === 'object' && error.data !== null ? error.data : {};
  return {
    code,
    message: error.message === '' ? 'Something went wrong inside the workbench.' : error.message,
    details: linesOf(data.details),
    reasons: reasonsOf(data.reasons),
    correlationId: typeof data.correlationId === 'string' ? data.correlationId : '',
  };
}

function linesOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((line): line is string => typeof line === 'string') : [];
}

function reasonsOf(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown) =>
    typeof entry === 'object' && entry !== null && 'message' in entry && typeof entry.message === 'string' ? [entry.message] : [],
  );
}
