import { WorkbenchError } from '../../errors.ts';

export interface ImportLimits {
  files: number;
  bytes: number;
}

/** Test data are suites and what they need, not images or archives of results: those are kept elsewhere. */
export const LIMITS: ImportLimits = { files: 50_000, bytes: 4 * 1024 ** 3 };

export function refuseTooMuch(found: ImportLimits, limits: ImportLimits): void {
  if (found.files > limits.files) {
    throw new WorkbenchError(
      'BAD_REQUEST',
      `There are more than ${limits.files} files in it. Import the folder of the suites alone, or remove what is no test data.`,
    );
  }
  if (found.bytes > limits.bytes) {
    const size = `${Math.floor(limits.bytes / 1024 ** 2)} MB`;
    throw new WorkbenchError(
      'BAD_REQUEST',
      `There is more than ${size} in it. Import the folder of the suites alone, or remove what is no test data.`,
    );
  }
}
