import type { DoctorCheck } from '../../../src-shared/model/system.ts';

export interface Finding {
  outcome: DoctorCheck['outcome'];
  detail: string;
  repair?: string;
}

/** One thing the doctor looks at. `look` may throw: that is a finding, too. */
export interface Check {
  /** Fixed for ever; a check that is given up leaves its number empty. */
  number: number;
  id: string;
  title: string;
  look(signal: AbortSignal): Promise<Finding> | Finding;
}

export const fine = (detail: string): Finding => ({ outcome: 'fine', detail });
export const warning = (detail: string, repair: string): Finding => ({ outcome: 'warning', detail, repair });
export const broken = (detail: string, repair: string): Finding => ({ outcome: 'broken', detail, repair });
