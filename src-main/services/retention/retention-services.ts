import type { Changes } from '../../changes.ts';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { WritableStore } from '../../store/handle.ts';

/** What every use case of this folder works with. */
export interface RetentionServices {
  store: WritableStore;
  changes: Changes;
  clock: Clock;
  log: Log;
  /** Folder with a folder for each run. */
  runsFolder: string;
  /** Removes a run with all its files; refuses one that is important. */
  removeRun: (id: string) => Promise<void>;
  /** Lets go of the open record of a run. */
  releaseRecord: (id: string) => Promise<void>;
}
