import type { Part } from './api/part.ts';
import { timelinePart } from './api/timeline.ts';
import type { Changes } from './changes.ts';
import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import type { ConsoleBroker } from './services/consoles/console-broker.ts';
import { readMachine } from './services/oobm/operate.ts';
import type { OobmServices } from './services/oobm/oobm-services.ts';
import { readTimeline } from './services/timeline/read-timeline.ts';
import type { TimelineServices } from './services/timeline/timeline-services.ts';
import { RunMachineWatch } from './services/timeline/watch-run-machines.ts';
import type { ReadableStore } from './store/handle.ts';
import { listSutEventsBetween } from './store/sut-events.ts';

interface Joined {
  store: ReadableStore;
  changes: Changes;
  clock: Clock;
  log: Log;
  runsFolder: string;
  oobm: OobmServices;
  consoles: ConsoleBroker;
}

const EVERY_MS = 10_000;

/** What machines did while runs used them, for the page of a run and its report. */
export function joinTimeline({ oobm, consoles, ...joined }: Joined): {
  part: Part<'timeline'>;
  written: (runId: string) => Promise<void>;
  close: () => Promise<void>;
} {
  const services: TimelineServices = {
    ...joined,
    everyMs: EVERY_MS,
    sensors: async (id) => (await readMachine(oobm, { id, capability: 'sensors', urgency: 'poll' })).value,
    eventLog: async (id) => (await readMachine(oobm, { id, capability: 'sel', urgency: 'poll' })).value,
    consoleLines: (sutId, span) => consoles.linesBetween(sutId, span),
    events: (sutId, span) => listSutEventsBetween(joined.store, sutId, span),
  };
  const watch = new RunMachineWatch(services);
  return { part: timelinePart((id) => readTimeline(services, watch, id)), written: (id) => watch.written(id), close: () => watch.close() };
}
