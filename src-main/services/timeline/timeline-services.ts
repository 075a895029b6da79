import type { EventLog, Sensor } from '../../../src-shared/model/machine.ts';
import type { SutEvent } from '../../../src-shared/model/sut-state.ts';
import type { Changes } from '../../changes.ts';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { ReadableStore } from '../../store/handle.ts';

/** What the timeline of a run is made of; joined in src-main/join-timeline.ts. */
export interface TimelineServices {
  store: ReadableStore;
  changes: Changes;
  clock: Clock;
  log: Log;
  runsFolder: string;
  sensors(sutId: string): Promise<Sensor[]>;
  eventLog(sutId: string): Promise<EventLog>;
  /** Lines of its console between two times, oldest first, the newest `limit`. */
  consoleLines(
    sutId: string,
    span: { from: number; to: number; limit: number },
  ): Promise<{ lines: { at: number; line: string }[]; cut: boolean }>;
  events(sutId: string, span: { from: number; to: number }): SutEvent[];
  /** ms between two readings of the sensors. */
  everyMs: number;
}
