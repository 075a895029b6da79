import type { DoctorCheck } from '../../../src-shared/model/system.ts';
import { asWorkbenchError } from '../../errors.ts';
import type { Check, Finding } from './check.ts';

/** Looks at everything at the same time; what does not answer within `limitMs` is reported as that. In the order of the numbers. */
export async function examine(
  checks: readonly Check[],
  options: { limitMs?: number; signal?: AbortSignal | undefined } = {},
): Promise<DoctorCheck[]> {
  const { limitMs = 20_000, signal } = options;
  const findings = await Promise.all(checks.map((check) => examineOne(check, limitMs, signal)));
  return findings.sort((a, b) => a.number - b.number);
}

async function examineOne(check: Check, limitMs: number, left: AbortSignal | undefined): Promise<DoctorCheck> {
  const begin = performance.now();
  const abort = new AbortController();
  const signal = left === undefined ? abort.signal : AbortSignal.any([abort.signal, left]);
  const finding = await Promise.race([look(check, signal), tooLong(limitMs, abort)]);
  abort.abort();
  const { number, id, title } = check;
  const { outcome, detail, repair = null } = finding;
  return { number, id, title, outcome, detail, repair, tookMs: Math.round(performance.now() - begin) };
}

async function look(check: Check, signal: AbortSignal): Promise<Finding> {
  try {
    return await check.look(signal);
  } catch (error) {
    const { message, code, data } = asWorkbenchError(error);
    const known = code !== 'INTERNAL';
    const detail = known ? message : error instanceof Error ? error.message : String(error);
    return { outcome: 'broken', detail, repair: data.details[0] ?? 'Look into the newest lines of logs/harness.log in the home.' };
  }
}

function tooLong(limitMs: number, abort: AbortController): Promise<Finding> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      abort.abort();
      resolve({
        outcome: 'warning',
        detail: `There was no answer within ${limitMs / 1000} s.`,
        repair: 'Look again when the machine has less to do.',
      });
    }, limitMs);
    abort.signal.addEventListener('abort', () => clearTimeout(timer));
  });
}
