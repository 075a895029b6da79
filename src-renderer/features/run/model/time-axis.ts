import type { RecordItem } from '../../../../src-shared/model/record.ts';
import type { MachineTimeline, SensorTrack, Timeline } from '../../../../src-shared/model/timeline.ts';

/** What part of the time is shown, ms. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** No narrower than this, ms. */
const NARROWEST = 50;
/** What is brought into view takes such a share of it, where it was too short to be seen. */
const SEEN = 0.2;
const TOO_SHORT = 0.01;

/** Where a moment lies on the axis, in percent; outside of it for what is outside. */
export function placeOf(at: number, { from, to }: Span): number {
  return ((at - from) / Math.max(1, to - from)) * 100;
}

export const timeAt = (share: number, { from, to }: Span): number => Math.round(from + share * (to - from));

/** Twice as near or as far, around a moment, within the whole. */
export function zoom(span: Span, whole: Span, { around, factor }: { around: number; factor: number }): Span {
  const length = Math.min(whole.to - whole.from, Math.max(NARROWEST, (span.to - span.from) * factor));
  const share = (around - span.from) / Math.max(1, span.to - span.from);
  const from = Math.min(Math.max(whole.from, around - share * length), whole.to - length);
  return { from, to: from + length };
}

/** Moved just so far that the moment is in view. */
export function reveal(span: Span, whole: Span, at: number): Span {
  if (at >= span.from && at <= span.to) return span;
  const length = span.to - span.from;
  const from = Math.min(Math.max(whole.from, at - length / 2), whole.to - length);
  return { from, to: from + length };
}

/** As much nearer as makes a stretch of time visible; null: the whole shows it. */
export function nearEnough({ from, to }: Span, whole: Span): Span | null {
  if (to - from >= (whole.to - whole.from) * TOO_SHORT) return null;
  return zoom(whole, whole, { around: from, factor: (to - from) / SEEN / (whole.to - whole.from) });
}

/** A suite, test or keyword on the axis. */
export interface Bar {
  readonly item: number;
  readonly name: string;
  readonly status: RecordItem['status'];
  readonly from: number;
  readonly to: number;
}

export function barsOf(items: Iterable<RecordItem>, kinds: readonly RecordItem['kind'][], now: number): Bar[] {
  const bars: Bar[] = [];
  for (const item of items)
    if (kinds.includes(item.kind)) bars.push({ item: item.id, name: item.name, status: item.status, ...spanOf(item, now) });
  return bars.toSorted((one, other) => one.from - other.from);
}

/** From when to when it ran; until now while it does. */
export function spanOf({ startedAt, elapsed }: Pick<RecordItem, 'startedAt' | 'elapsed'>, now: number): Span {
  return { from: startedAt, to: elapsed === null ? now : Math.round(startedAt + elapsed / 1000) };
}

/** Bars from two sources, each item once, in order. */
export function withoutTwice(some: readonly Bar[], others: readonly Bar[]): Bar[] {
  const known = new Set(some.map(({ item }) => item));
  return [...some, ...others.filter(({ item }) => !known.has(item))].toSorted((one, other) => one.from - other.from);
}

interface RanAt {
  readonly tests: readonly Bar[];
  /** Level by level, outermost first. */
  readonly keywords: readonly (readonly Bar[])[];
  readonly chosen: number | null;
  readonly at: number;
}

/** The test of a moment and the innermost keyword then; the chosen one where it was chosen. */
export function ranAt({ tests, keywords, chosen, at }: RanAt): Bar[] {
  const inner =
    keywords.flat().find(({ item }) => item === chosen) ?? keywords.map((bars) => barAt(bars, at)).findLast((bar) => bar !== null);
  const test = tests.find(({ item }) => item === chosen) ?? barAt(tests, at);
  return [test, inner ?? null].filter((bar) => bar !== null);
}

/** The shortest of the bars that hold a moment. */
export function barAt(bars: readonly Bar[], at: number): Bar | null {
  const holding = bars.filter(({ from, to }) => from <= at && at <= to);
  return holding.toSorted((one, other) => one.to - one.from - (other.to - other.from))[0] ?? null;
}

/** The last reading before a moment. */
export function valueAt({ points }: Pick<SensorTrack, 'points'>, at: number): number | null {
  return points.findLast(([when]) => when <= at)?.[1] ?? null;
}

/** Every moment at which something happened, in order: what the arrow keys go through. */
export function momentsOf({ machines }: Timeline, bars: readonly Bar[]): number[] {
  const of = ({ events, log }: MachineTimeline): number[] => [...events.map(({ at }) => at), ...log.flatMap(({ at }) => at ?? [])];
  const all = [...machines.flatMap(of), ...bars.filter(({ status }) => status === 'failed').map(({ to }) => to)];
  return [...new Set(all)].toSorted((one, other) => one - other);
}

export function nextMoment(moments: readonly number[], at: number, step: 1 | -1): number | null {
  return (step === 1 ? moments.find((moment) => moment > at) : moments.findLast((moment) => moment < at)) ?? null;
}

/** How much a console says, as shares of its loudest stretch. */
export function densityOf(lines: readonly { at: number }[], span: Span, stretches: number): number[] {
  const counts = Array.from({ length: stretches }, () => 0);
  for (const { at } of lines) {
    const index = Math.floor((placeOf(at, span) / 100) * stretches);
    if (index >= 0 && index < stretches) counts[index] = (counts[index] ?? 0) + 1;
  }
  const most = Math.max(1, ...counts);
  return counts.map((count) => count / most);
}

/** What is said beside an event has to end before the next one begins: percent of the axis that a few words need. */
const WORDS_NEED = 12;

/** Whether there is room for words beside each of these places, in percent and in order. */
export function hasRoom(places: readonly number[]): boolean[] {
  return places.map((place, index) => (places[index + 1] ?? 100 + WORDS_NEED) - place >= WORDS_NEED);
}

/** A reading as it was meant: without the noise of its conversion. */
export const readingText = (value: number): string => String(Number(value.toPrecision(5)));

/** Sensors of one unit share an axis; the kinds that say most come first. */
export function groupSensors(sensors: readonly SensorTrack[]): { unit: string; tracks: SensorTrack[] }[] {
  const byUnit = new Map<string, SensorTrack[]>();
  for (const track of sensors) if (track.points.length > 0) byUnit.set(track.unit ?? '', [...(byUnit.get(track.unit ?? '') ?? []), track]);
  return [...byUnit].map(([unit, tracks]) => ({ unit, tracks }));
}
