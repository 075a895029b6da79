import type { DoctorCheck } from '../../../src-shared/model/doctor.ts';
import type { Progress } from '../../../src-shared/model/system.ts';
import { WorkbenchError } from '../../errors.ts';
import type { Check } from './check.ts';
import { examine, examineOne, type ExamineOptions } from './examine.ts';

interface RepairOptions {
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

export interface Doctor {
  checks(): Pick<DoctorCheck, 'number' | 'title' | 'group'>[];
  look(options?: Omit<ExamineOptions, 'limitMs'>): Promise<DoctorCheck[]>;
  /** Looks once more, does what the remedy says when it is still the one with this mark, and looks again. */
  repair(wanted: { number: number; mark: string }, options: RepairOptions): Promise<{ said: string; check: DoctorCheck }>;
}

interface DoctorOptions {
  checks: readonly Check[];
  /** Hears of every complete look. */
  onFound: (checks: readonly DoctorCheck[]) => void;
  /** A remedy is written down before it is applied. */
  onRepair: (check: Pick<Check, 'number' | 'title'>, does: string) => void;
}

export function createDoctor({ checks, onFound, onRepair }: DoctorOptions): Doctor {
  let last: DoctorCheck[] = [];
  const took = (found: DoctorCheck[]) => {
    last = found;
    onFound(found);
    return found;
  };
  return {
    checks: () => checks.map(({ number, title, group }) => ({ number, title, group })),
    look: async (options = {}) => {
      const found = await examine(checks, options);
      return options.signal?.aborted === true ? found : took(found);
    },
    repair: async ({ number, mark }, { signal, onProgress }) => {
      const check = checks.find((each) => each.number === number);
      if (check === undefined) throw new WorkbenchError('NOT_FOUND', `There is no check ${number}: they go from 1 to ${checks.length}.`);
      const { check: seen, remedy } = await examineOne(check, { signal });
      if (remedy === undefined || seen.remedy === null)
        throw new WorkbenchError('CONFLICT', `There is nothing to repair at ${number}, ${check.title}: ${seen.detail}`);
      if (seen.remedy.mark !== mark)
        throw new WorkbenchError('CONFLICT', `What the repair would do has changed since it was read. Now: ${remedy.does} Look again.`);
      signal.throwIfAborted();
      onRepair(check, remedy.does);
      const said = await remedy.perform({
        signal,
        thorough: true,
        onStep: (step) => onProgress({ ...step, at: Date.now() }),
      });
      const { check: now } = await examineOne(check, { signal });
      if (last.length > 0) took(last.map((each) => (each.number === number ? now : each)));
      return { said, check: now };
    },
  };
}
