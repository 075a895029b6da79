import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { DoctorCheck, DoctorNews } from '../../../src-shared/model/doctor.ts';
import { asWorkbenchError } from '../../errors.ts';
import type { Check, Finding, Looking, Remedy, Step } from './check.ts';

export interface ExamineOptions {
  /** ms after which a check that does not answer is reported as that; a thorough look has no limit. */
  limitMs?: number;
  signal?: AbortSignal | undefined;
  thorough?: boolean;
  onNews?: (news: Extract<DoctorNews, { type: 'looking' | 'found' }>) => void;
}

/** What a check found, and what can be done about it. */
export interface Examined {
  check: DoctorCheck;
  remedy: Remedy | undefined;
}

/** Looks at everything at the same time, yet lets others in between the beginnings. In the order of the numbers. */
export async function examine(checks: readonly Check[], options: ExamineOptions = {}): Promise<DoctorCheck[]> {
  const examined = async (check: Check): Promise<DoctorCheck> => {
    const { check: found } = await examineOne(check, options);
    options.onNews?.({ type: 'found', check: found });
    return found;
  };
  const looking: Promise<DoctorCheck>[] = [];
  for (const check of checks) {
    looking.push(examined(check));
    await setImmediate();
  }
  return (await Promise.all(looking)).sort((a, b) => a.number - b.number);
}

export async function examineOne(
  check: Check,
  { limitMs = 20_000, signal: left, thorough = false, onNews }: ExamineOptions,
): Promise<Examined> {
  const begin = performance.now();
  const abort = new AbortController();
  const signal = left === undefined ? abort.signal : AbortSignal.any([abort.signal, left]);
  const { number, id, title, group } = check;
  const onStep = (step: Step) => onNews?.({ type: 'looking', number, progress: { ...step, at: Date.now() } });
  const looking = look(check, { signal, thorough, onStep });
  const finding = await Promise.race(thorough ? [looking] : [looking, tooLong(limitMs, abort)]);
  abort.abort();
  const { outcome, detail, lines = [], repair = null, remedy } = finding;
  const told = remedy === undefined ? null : { verb: remedy.verb, does: remedy.does, hurts: remedy.hurts, mark: markOf(remedy) };
  const tookMs = Math.round(performance.now() - begin);
  return { check: { number, id, title, group, outcome, detail, lines, repair, remedy: told, tookMs }, remedy };
}

function markOf({ verb, does, hurts }: Remedy): string {
  return createHash('sha256')
    .update([verb, does, hurts ?? ''].join('\n'))
    .digest('hex')
    .slice(0, 16);
}

async function look(check: Check, looking: Looking): Promise<Finding> {
  try {
    return await check.look(looking);
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
