/** An error as a page shows it: a sentence for a person, all reasons, and what finds it in the log. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly details: readonly string[];
  readonly reasons: readonly string[];
  /** The same reasons with what each is about, so that a page can lead there. */
  readonly causes: readonly Cause[];
  readonly correlationId: string;
}

export interface Cause {
  readonly code: string;
  readonly message: string;
  readonly subject: string | null;
}

interface Data {
  readonly correlationId?: unknown;
  readonly details?: unknown;
  readonly reasons?: unknown;
}

/** Reads whatever a call threw; what is not of the contract becomes one honest sentence. */
export function toProblem(error: unknown): Problem {
  if (!(error instanceof Error))
    return { code: 'INTERNAL', message: String(error), details: [], reasons: [], causes: [], correlationId: '' };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'INTERNAL';
  const data: Data = 'data' in error && typeof error.data === 'object' && error.data !== null ? error.data : {};
  const causes = causesOf(data.reasons);
  return {
    code,
    message: error.message === '' ? 'Something went wrong inside the workbench.' : error.message,
    details: linesOf(data.details),
    reasons: causes.map(({ message: sentence }) => sentence),
    causes,
    correlationId: typeof data.correlationId === 'string' ? data.correlationId : '',
  };
}

function linesOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((line): line is string => typeof line === 'string') : [];
}

function causesOf(value: unknown): Cause[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null || !('message' in entry) || typeof entry.message !== 'string') return [];
    const subject = 'subject' in entry && typeof entry.subject === 'string' ? entry.subject : null;
    return [{ code: 'code' in entry ? String(entry.code) : '', message: entry.message, subject }];
  });
}
