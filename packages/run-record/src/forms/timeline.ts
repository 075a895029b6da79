import { readFileSync, statSync } from 'node:fs';

/** What the machines of a run said and did, as its report has it in timeline.json. Times are milliseconds UTC. */
export interface RunTimeline {
  from: number;
  to: number;
  machines: TimelineMachine[];
}

export interface TimelineMachine {
  name: string;
  console: { at: number; text: string }[];
  /** Its oldest lines were left out before. */
  consoleCut: boolean;
  deeds: { at: number; text: string; failed: boolean }[];
  log: { at: number; text: string; failed: boolean }[];
  sensors: TimelineSensor[];
}

export interface TimelineSensor {
  name: string;
  unit: string;
  lower: number | null;
  upper: number | null;
  points: [number, number][];
}

/** Of a track; the plot is not wider. */
const MOST_POINTS = 360;
/** More than any harness writes. */
const MOST_BYTES = 128 * 1024 * 1024;
const LATEST = 8_640_000_000_000_000;

type Fields = Readonly<Record<string, unknown>>;
const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? { ...value } : {});
const list = (value: unknown): Fields[] => (Array.isArray(value) ? value.map(fields) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const number = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null);

/** Null where there is none, or none that can be understood: it may have come from elsewhere with the report, so nothing in it is believed. */
export function readRunTimeline(file: string): RunTimeline | null {
  try {
    return statSync(file).size > MOST_BYTES ? null : timelineOf(fields(JSON.parse(readFileSync(file, 'utf8'))));
  } catch {
    return null;
  }
}

function timelineOf(read: Fields): RunTimeline | null {
  const [from, to] = [number(read['from']), number(read['to'])];
  if (from === null || to === null || from < 0 || to < from || to > LATEST) return null;
  const within = (at: unknown): number | null => {
    const known = number(at);
    return known === null || known < from || known > to ? null : known;
  };
  return { from, to, machines: list(read['machines']).map((machine) => machineOf(machine, within)) };
}

type Within = (at: unknown) => number | null;

function machineOf(read: Fields, within: Within): TimelineMachine {
  const placed = (key: string) =>
    list(read[key]).flatMap((each) => {
      const at = within(each['at']);
      return at === null ? [] : [{ each, at }];
    });
  return {
    name: text(read['sutName']),
    console: placed('console').map(({ each, at }) => ({ at, text: text(each['line']) })),
    consoleCut: read['consoleCut'] === true,
    deeds: placed('events').map(({ each, at }) => ({ at, text: deed(each), failed: each['outcome'] === 'failed' })),
    log: placed('log').map(({ each, at }) => ({ at, text: entry(each), failed: each['severity'] === 'critical' })),
    sensors: list(read['sensors']).map((each) => sensorOf(each, within)),
  };
}

const deed = ({ what, who, message }: Fields): string =>
  `${text(what)}, by ${text(who)}${text(message) === '' ? '' : `: ${text(message)}`}`;

const entry = ({ source, message, asserted }: Fields): string => `${text(source)}: ${text(message)}${asserted === false ? ' (over)' : ''}`;

function sensorOf(read: Fields, within: Within): TimelineSensor {
  const all = (Array.isArray(read['points']) ? read['points'] : []).flatMap((point: unknown): [number, number][] => {
    const [at, value] = Array.isArray(point) ? [within(point[0]), number(point[1])] : [null, null];
    return at === null || value === null ? [] : [[at, value]];
  });
  const every = Math.ceil(all.length / MOST_POINTS);
  const points = all.filter((_point, index) => index % every === 0 || index === all.length - 1);
  const { name, unit, lower, upper } = read;
  return { name: text(name), unit: text(unit), lower: number(lower), upper: number(upper), points };
}
