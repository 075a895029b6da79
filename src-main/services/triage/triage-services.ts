import type { Changes } from '../../changes.ts';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { WritableStore } from '../../store/handle.ts';

/** What every use case of this folder works with. */
export interface TriageServices {
  store: WritableStore;
  changes: Changes;
  clock: Clock;
  log: Log;
}
