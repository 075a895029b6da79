import { clock, escaped, rounded, type TextFile } from './form.ts';
import type { TimelineMachine } from './timeline.ts';

/** Something that happened, as the chart marks it and the list says it. */
export interface Moment {
  at: number;
  end: number;
  /** Whose it is, and what: where it is drawn. */
  lane: string;
  text: string;
  /** The class that it is drawn with. */
  look: string;
}

interface Chart {
  machines: readonly TimelineMachine[];
  /** In the order of time: the place in it is the number of the line that a mark leads to. */
  moments: readonly Moment[];
  span: { from: number; to: number };
}

/** Of the drawing, which is scaled to the page. */
const WIDTH = 1040;
const LEFT = 190;
const ROW = 24;
const PLOT = 60;
const TICKS = 6;
/** Stretches that a console is counted in. */
const STRETCHES = 160;
/** More cannot be told apart, or drawn quickly. */
const MOST_MARKS = 600;
const MOST_TRACKS = 8;
const MOST_UNITS = 8;
const LONGEST = 200;

interface Lane {
  label: string;
  height: number;
  marks: string;
}

/** One axis of time, a lane below the other. */
export function writeChart(chart: Chart, file: TextFile): void {
  const lanes = [
    barLane(chart, 'Test'),
    barLane(chart, 'Keyword'),
    ...chart.machines.flatMap((machine) => [
      saidLane(chart, `${machine.name} console`),
      ...['deed', 'event log', 'reading'].map((kind) => markLane(chart, `${machine.name} ${kind}`)),
      ...unitLanes(chart, machine),
    ]),
  ].filter(({ marks }) => marks !== '');
  const height = ROW + lanes.reduce((sum, lane) => sum + lane.height, 0);
  file.write(`<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Timeline">${axis(chart, height)}`);
  let top = ROW;
  for (const { label, height: tall, marks } of lanes) {
    file.write(`<g transform="translate(0 ${top})"><text x="0" y="15">${escaped(label.slice(0, 30))}</text>${marks}</g>`);
    top += tall;
  }
  file.write('</svg>');
}

function axis({ span }: Chart, height: number): string {
  return Array.from({ length: TICKS }, (_each, index) => {
    const at = span.from + ((span.to - span.from) * index) / TICKS;
    const x = placeOf(at, span);
    return `<line class="tick" x1="${x}" x2="${x}" y1="0" y2="${height}"/><text x="${x + 3}" y="13">${clock(at).slice(0, 8)}</text>`;
  }).join('');
}

const placeOf = (at: number, { from, to }: Chart['span']): number =>
  Math.round((LEFT + Math.min(1, Math.max(0, (at - from) / Math.max(1, to - from))) * (WIDTH - LEFT)) * 10) / 10;

const led = (line: number, title: string, mark: string): string =>
  `<a href="#m${line}"><title>${escaped(title.slice(0, LONGEST))}</title>${mark}</a>`;

function linesOf({ moments }: Chart, lane: string): { moment: Moment; line: number }[] {
  return moments.flatMap((moment, line) => (moment.lane === lane ? [{ moment, line }] : []));
}

/** Of many, those that failed and the others evenly. */
function drawn<T extends { moment: Moment }>(all: readonly T[]): T[] {
  const every = Math.ceil(all.length / MOST_MARKS);
  return all.filter(({ moment }, index) => moment.look === 'failed' || index % every === 0).slice(0, MOST_MARKS * 2);
}

function barLane(chart: Chart, lane: string): Lane {
  const marks = drawn(linesOf(chart, lane)).map(({ moment, line }) => {
    const x = placeOf(moment.at, chart.span);
    const width = Math.max(1.5, placeOf(moment.end, chart.span) - x).toFixed(1);
    return led(line, moment.text, `<rect class="${moment.look}" x="${x}" y="3" width="${width}" height="15" rx="2"/>`);
  });
  return { label: `${lane}s`, height: ROW, marks: marks.join('') };
}

/** How much it said when; a stretch leads to its first line. */
function saidLane(chart: Chart, lane: string): Lane {
  const counts = new Map<number, { count: number; line: number }>();
  const { from, to } = chart.span;
  for (const { moment, line } of linesOf(chart, lane)) {
    const stretch = Math.min(STRETCHES - 1, Math.floor(((moment.at - from) / Math.max(1, to - from)) * STRETCHES));
    const known = counts.get(stretch);
    counts.set(stretch, { count: (known?.count ?? 0) + 1, line: known?.line ?? line });
  }
  const most = Math.max(1, ...[...counts.values()].map(({ count }) => count));
  const wide = (WIDTH - LEFT) / STRETCHES;
  const marks = [...counts].map(([stretch, { count, line }]) => {
    const tall = 4 + (count / most) * 14;
    const x = (LEFT + stretch * wide).toFixed(1);
    return led(
      line,
      `${count} lines`,
      `<rect class="said" x="${x}" y="${(20 - tall).toFixed(1)}" width="${(wide - 0.5).toFixed(1)}" height="${tall.toFixed(1)}"/>`,
    );
  });
  return { label: lane, height: ROW, marks: marks.join('') };
}

function markLane(chart: Chart, lane: string): Lane {
  const marks = drawn(linesOf(chart, lane)).map(({ moment, line }) => {
    const x = placeOf(moment.at, chart.span);
    return led(line, moment.text, `<circle class="${moment.look}" cx="${x}" cy="11" r="4"/>`);
  });
  return { label: lane, height: ROW, marks: marks.join('') };
}

/** Readings of one unit on one scale. */
function unitLanes({ span }: Chart, { name, sensors }: TimelineMachine): Lane[] {
  const read = sensors.filter(({ points }) => points.length > 0);
  const units = [...new Set(read.map(({ unit }) => unit))].slice(0, MOST_UNITS);
  return units.map((unit) => {
    const tracks = read.filter((sensor) => sensor.unit === unit).slice(0, MOST_TRACKS);
    const values = tracks.flatMap(({ points }) => points.map(([, value]) => value));
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const y = (value: number): string => (high === low ? PLOT / 2 : PLOT - 6 - ((value - low) / (high - low)) * (PLOT - 12)).toFixed(1);
    const said = low === high ? `${rounded(low)} ${unit}` : `${rounded(low)} to ${rounded(high)} ${unit}`;
    const lines = tracks.map(({ name: sensor, points }, index) => {
      const line = points.map(([at, value]) => `${placeOf(at, span)},${y(value)}`).join(' ');
      return `<polyline class="track t${index % 4}" points="${line}"><title>${escaped(sensor)}</title></polyline>`;
    });
    const scale = `<text class="scale" x="0" y="32">${escaped(said.slice(0, 40))}</text>`;
    return { label: `${name} ${unit === '' ? 'readings' : unit}`, height: PLOT, marks: [scale, ...lines].join('') };
  });
}
