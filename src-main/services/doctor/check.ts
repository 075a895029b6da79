import type { DoctorCheck, DoctorGroup, DoctorLine } from '../../../src-shared/model/doctor.ts';

/** What the workbench can do about a finding. */
export interface Remedy {
  /** On the button: a verb and its object. */
  verb: string;
  /** What `perform` will do, in a sentence. */
  does: string;
  /** Whom or what it hurts; null: nobody. */
  hurts: string | null;
  /** Answers what was done, in a sentence. Throws WorkbenchError where it could not be done. */
  perform(looking: Looking): Promise<string> | string;
}

export interface Finding {
  outcome: DoctorCheck['outcome'];
  detail: string;
  lines?: DoctorLine[];
  repair?: string;
  remedy?: Remedy | undefined;
}

/** How far long work is: `done` of `total`, in bytes or in things. */
export interface Step {
  step: string;
  done: number;
  total: number;
  unit: 'bytes' | 'none';
}

export interface Looking {
  signal: AbortSignal;
  /** Every row and every file, however long that takes; else what fits into seconds. */
  thorough: boolean;
  onStep(step: Step): void;
}

/** One thing the doctor looks at. `look` may throw: that is a finding, too. */
export interface Check {
  /** Fixed for ever; people talk about it. */
  number: number;
  id: string;
  title: string;
  group: DoctorGroup;
  look(looking: Looking): Promise<Finding> | Finding;
}

export const fine = (detail: string): Finding => ({ outcome: 'fine', detail });
export const warning = (detail: string, repair: string): Finding => ({ outcome: 'warning', detail, repair });
export const broken = (detail: string, repair: string): Finding => ({ outcome: 'broken', detail, repair });
