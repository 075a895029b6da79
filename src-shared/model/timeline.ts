import { z } from 'zod';
import { LogEntry } from './machine.ts';
import { SutEvent } from './sut-state.ts';
import { Id, Timestamp } from './text.ts';

/** Readings of one sensor through a run; fewer, further apart, the longer it is. */
export const SensorTrack = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  unit: z.string().nullable(),
  /** Beyond which it is critical; null where the machine does not say. */
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  points: z.array(z.tuple([Timestamp, z.number()])),
});
export type SensorTrack = z.infer<typeof SensorTrack>;

export const MachineTimeline = z.object({
  sutId: Id,
  sutName: z.string(),
  /** Lines of its console with the time at which they came; the oldest are left out when there are too many. */
  console: z.array(z.object({ at: Timestamp, line: z.string() })),
  consoleCut: z.boolean(),
  /** What was done to it, by whom, power above all. */
  events: z.array(SutEvent.pick({ at: true, who: true, what: true, outcome: true, message: true })),
  /** New entries of its own event log. */
  log: z.array(LogEntry),
  sensors: z.array(SensorTrack),
});
export type MachineTimeline = z.infer<typeof MachineTimeline>;

/** What the machines of a run said and did while it went on, on the clock of the harness. */
export const Timeline = z.object({ from: Timestamp, to: Timestamp, machines: z.array(MachineTimeline) });
export type Timeline = z.infer<typeof Timeline>;

/** What is in the report of a run of what its machines said and did, beside what Robot wrote. */
export const TIMELINE_FILE = 'timeline.json';

/** Points of a track at most; then every other one goes. */
const MOST_POINTS = 720;

/** Adds a reading; keeps the whole time in view with a bounded number of points. */
export function addPoint(points: readonly (readonly [number, number])[], point: readonly [number, number]): [number, number][] {
  const all = [...points, point].map(([at, value]): [number, number] => [at, value]);
  return all.length <= MOST_POINTS ? all : all.filter((_each, index) => index % 2 === 0 || index === all.length - 1);
}
