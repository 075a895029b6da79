import type { ReadOutput } from '../../robot/import-output.ts';
import type { RunServices } from '../runs/run-services.ts';

/** What every use case of this folder works with. */
export interface InterchangeServices extends Pick<
  RunServices,
  'store' | 'changes' | 'clock' | 'jobs' | 'runsFolder' | 'scripts' | 'nativeBinding'
> {
  /** For files in the making; emptied at each start. */
  scratch: string;
  /** Makes a run record of a result file, and says with which Python, which can make reports as well. */
  readOutput: (task: {
    source: string;
    record: string;
    signal: AbortSignal;
    onBytes: (bytes: number) => void;
  }) => Promise<ReadOutput & { python: string }>;
}
