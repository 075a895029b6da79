import type { RecordReader } from '../open.ts';
import { itemsWithin, type StretchItem } from '../within.ts';
import { clock, escaped, rounded, type TextFile } from './form.ts';
import { writeChart, type Moment } from './page-chart.ts';
import type { RunTimeline, TimelineMachine } from './timeline.ts';

/** Of all machines together: with what is drawn of them, a few megabytes that a browser opens at once. */
const MOST_LINES = 6000;
const MOST_OTHERS = 3000;
const MOST_STEPS = 2000;
const MOST_MACHINES = 32;
const LONGEST = 500;

/** Tests, keywords, consoles, deeds, event logs and readings on one axis, then one below the other in the order of time; each mark leads to its line. */
export function writeTimeline({ record, timeline }: { record: RecordReader | null; timeline: RunTimeline }, file: TextFile): void {
  const { from, to } = timeline;
  const machines = timeline.machines.slice(0, MOST_MACHINES);
  const ran = record === null ? NOTHING : itemsWithin(record, { from, to, levels: 2, limit: MOST_STEPS, shortest: 0 });
  const most = { lines: Math.floor(MOST_LINES / machines.length), others: Math.floor(MOST_OTHERS / machines.length) };
  const moments = [...ran.items.map((each) => stepOf(each, to)), ...machines.flatMap((machine) => momentsOf(machine, most))];
  moments.sort((one, other) => one.at - other.at);
  const left = [
    ...(ran.cut ? ['short steps of tests'] : []),
    ...machines.flatMap((machine) => leftOut(machine, most)),
    ...(timeline.machines.length > MOST_MACHINES ? [`${timeline.machines.length - MOST_MACHINES} further machines`] : []),
  ];
  file.write(`<h2 id="timeline">Timeline</h2><p><span>${clock(from)} to ${clock(to)} UTC</span></p>`);
  writeChart({ machines, moments, span: { from, to } }, file);
  if (left.length > 0) file.write(`<p class="left">Left out here: ${escaped(left.join(', '))}.</p>`);
  file.write('<details class="moments" open><summary>In the order of time</summary><table><tbody>');
  for (const [line, { at, lane, text, look }] of moments.entries())
    file.write(
      `<tr id="m${line}"><td><a href="#timeline">${clock(at)}</a></td><td>${escaped(lane)}</td><td class="${look}">${escaped(text)}</td></tr>\n`,
    );
  file.write('</tbody></table></details>');
}

const NOTHING = { items: [], cut: false } as const;

function stepOf({ item, level }: StretchItem, last: number): Moment {
  const { name, assign, status, startedAt: at, arguments: given, elapsedMicroseconds } = item;
  const took = elapsedMicroseconds === null ? 'never ended' : `${(elapsedMicroseconds / 1_000_000).toFixed(3)} s`;
  const text = `${[...assign, name, ...given].join('    ').slice(0, LONGEST)} (${status}, ${took})`;
  const end = elapsedMicroseconds === null ? last : at + elapsedMicroseconds / 1000;
  return { at, end, lane: level === 0 ? 'Test' : 'Keyword', text, look: status };
}

interface Most {
  lines: number;
  others: number;
}

function momentsOf({ name, console, deeds, log, sensors }: TimelineMachine, most: Most): Moment[] {
  const of = (lane: string, all: readonly { at: number; text: string; failed?: boolean }[]): Moment[] =>
    all.map(({ at, text, failed = false }) => ({
      ...{ at, end: at, lane: `${name} ${lane}` },
      ...{ text: text.slice(0, LONGEST), look: failed ? 'failed' : 'mark' },
    }));
  return [
    ...of('console', console.slice(-most.lines)),
    ...of('deed', deeds.slice(-most.others)),
    ...of('event log', log.slice(-most.others)),
    ...of('reading', sensors.flatMap(crossings).slice(-most.others)),
  ];
}

/** Where a reading goes beyond its limit, and where it comes back. */
function crossings({ name, unit, lower, upper, points }: TimelineMachine['sensors'][number]) {
  let was = false;
  return points.flatMap(([at, value]) => {
    const failed = (lower !== null && value < lower) || (upper !== null && value > upper);
    if (failed === was) return [];
    was = failed;
    return [{ at, text: `${name}: ${rounded(value)} ${unit}, ${failed ? 'beyond its limit' : 'within its limits again'}`, failed }];
  });
}

function leftOut({ name, console, consoleCut, deeds, log }: TimelineMachine, most: Most): string[] {
  return [
    ...(consoleCut || console.length > most.lines ? [`the oldest lines of the console of ${name}`] : []),
    ...(deeds.length > most.others ? [`the oldest deeds on ${name}`] : []),
    ...(log.length > most.others ? [`the oldest entries of the event log of ${name}`] : []),
  ];
}
