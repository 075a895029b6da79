import type { ErrorCode } from '../../src-shared/contract/errors.ts';
import { WorkbenchError } from '../errors.ts';

/** What environment.py calls a problem, and the sentence that goes before the tool's own reason. */
const PROBLEMS: Readonly<Record<string, { code: ErrorCode; sentence: (reason: string) => string; short?: true }>> = {
  LOCK_FAILED: { code: 'LOCK_FAILED', sentence: (reason) => `These libraries cannot be installed together. ${reason}` },
  INDEX_UNREACHABLE: {
    code: 'INDEX_UNREACHABLE',
    sentence: (reason) => `The package index cannot be used: ${reason} What was fetched is kept; try again when it answers.`,
  },
  HASH_MISMATCH: {
    code: 'ENVIRONMENT_FAILED',
    sentence: (reason) =>
      `A package is not what was locked, so nothing was installed: ${reason} It was tampered with or damaged on the way.`,
  },
  BAD_FILE: { code: 'ARCHIVE_REFUSED', sentence: (reason) => reason },
  WHEEL_FAILED: { code: 'ENVIRONMENT_FAILED', sentence: (reason) => `It does not build: ${reason}`, short: true },
  EXISTS: { code: 'CONFLICT', sentence: (reason) => reason },
  DISK_FULL: { code: 'DISK_FULL', sentence: () => 'The disk is full. Remove environments that nobody uses, or old runs.' },
  UV_MISSING: { code: 'ENVIRONMENT_FAILED', sentence: (reason) => `${reason} Correct "uv" in Settings, or empty it.` },
};

/** The tool's reason in one line of the sentence, whole in the details. */
export function environmentProblem({ code, error }: { code: string; error: string }): WorkbenchError {
  const known = PROBLEMS[code];
  const lines = error.split('\n').filter((line) => line.trim() !== '');
  const reason = sayReason(known?.short === true ? lines.slice(0, 1) : lines);
  if (known !== undefined) return new WorkbenchError(known.code, known.sentence(reason), { details: lines });
  return new WorkbenchError('ENVIRONMENT_FAILED', `The Python environment could not be made: ${reason}`, { details: lines.slice(-20) });
}

const LONGEST = 400;

/** The headline of a resolver says nothing that the sentence does not; what follows is the reason. */
function sayReason(lines: readonly string[]): string {
  const [first = '', ...rest] = lines;
  const text = (/^No solution found/u.test(first) && rest.length > 0 ? rest : lines).join(' ').replaceAll(/\s+/gu, ' ').trim();
  const whole = /[.!?]$/u.test(text) ? text : `${text}.`;
  return whole.length > LONGEST ? `${whole.slice(0, LONGEST)}…` : whole;
}
