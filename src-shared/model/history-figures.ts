import type { Failing, FailureCluster, Flakiness, HistoryCell, HistoryPoint, Suspicion } from './history.ts';
import type { StripVerdict } from './run.ts';

/** From this share on something is called flaky, when there are pairs enough. */
export const FLAKY_FROM = 0.05;
const LEAST_PAIRS = 5;
const NEWEST_PAIRS = 40;

/** What the score counts, to stand beside it. */
export const FLAKINESS_WORDS =
  'Pairs of runs, one after the other, on the same machines with the same revision, environment, image and condition: the share in which ' +
  'passed became failed or the other way. The newest 40 pairs count; errors, stopped and lost runs do not.';

const counts = ({ verdict }: Pick<HistoryPoint, 'verdict'>): boolean => verdict === 'passed' || verdict === 'failed';

/** Points oldest first. Two runs are a pair when nothing that was chosen for them differs. */
export function flakinessOf(points: readonly HistoryPoint[]): Flakiness {
  const before = new Map<string, StripVerdict>();
  const pairs: boolean[] = [];
  for (const point of points.filter(counts)) {
    const same = JSON.stringify([[...point.suts].sort(), point.revision, point.lockHash, point.robotVersion, point.image, point.condition]);
    const last = before.get(same);
    if (last !== undefined) pairs.push(last !== point.verdict);
    before.set(same, point.verdict);
  }
  const newest = pairs.slice(-NEWEST_PAIRS);
  const changed = newest.filter(Boolean).length;
  const share = newest.length === 0 ? null : changed / newest.length;
  return { pairs: newest.length, changed, share, flaky: newest.length >= LEAST_PAIRS && share !== null && share >= FLAKY_FROM };
}

/** Since when it fails in a row, and what is different since the last pass; null while it does not fail. */
export function failingOf(points: readonly HistoryPoint[]): Failing | null {
  const counted = points.filter(counts);
  const lastPass = counted.findLastIndex(({ verdict }) => verdict === 'passed');
  const since = counted[lastPass + 1];
  if (since === undefined) return null;
  const passed = counted[lastPass] ?? null;
  return { runs: counted.length - lastPass - 1, since, lastPass: passed, changed: passed === null ? [] : differencesOf(passed, since) };
}

function differencesOf(before: HistoryPoint, after: HistoryPoint): string[] {
  const short = (hash: string | null): string => (hash === null ? 'the default' : hash.slice(0, 8));
  const facts: [name: string, from: string, to: string][] = [
    ['SUTs', before.suts.join(', ') || 'none', after.suts.join(', ') || 'none'],
    ['test data', short(before.revision), short(after.revision)],
    ['environment', short(before.lockHash), short(after.lockHash)],
    ['Robot Framework', before.robotVersion ?? 'not known', after.robotVersion ?? 'not known'],
    ['image', before.image ?? 'none', after.image ?? 'none'],
    ['condition', before.condition ?? 'none', after.condition ?? 'none'],
  ];
  return facts.filter(([, from, to]) => from !== to).map(([name, from, to]) => `${name}: ${from} to ${to}`);
}

/** Runs on others, in the time that it fails here, that say enough. */
const LEAST_ELSEWHERE = 2;

/** Which machine is to be suspected: what fails there in a row passes on all others in the same time. */
export function suspicionOf(points: readonly HistoryPoint[]): Suspicion | null {
  const counted = points.filter((point) => counts(point) && point.suts.length === 1);
  const suts = new Set(counted.map(({ suts: [sut = ''] }) => sut));
  for (const sut of suts) {
    const here = counted.filter(({ suts: [name] }) => name === sut);
    const failing = failingOf(here);
    if (failing === null || failing.runs < 2) continue;
    const others = counted.filter(({ suts: [name], at }) => name !== sut && at >= failing.since.at);
    const passed = others.filter(({ verdict }) => verdict === 'passed').length;
    if (others.length < LEAST_ELSEWHERE || passed < others.length) continue;
    return { sut, failed: failing.runs, of: failing.runs, elsewherePassed: passed, elsewhereOf: others.length };
  }
  return null;
}

const MOST_LOOKED_AT = 300;

/** A message without what varies: paths, quoted texts, hexadecimal and other numbers. The first line only. */
export function shapeOf(message: string): string {
  const [line = ''] = message.trimStart().split('\n', 1);
  return line
    .slice(0, MOST_LOOKED_AT)
    .replaceAll(/(?:[A-Za-z]:)?(?:[\\/][\w.@~+-]+){2,}[\\/]?/gu, '<path>')
    .replaceAll(/"[^"]*"|'[^']*'/gu, '<text>')
    .replaceAll(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b0x[0-9a-f]+\b|\b(?=[a-f]*\d)[0-9a-f]{8,}\b/giu, '<hex>')
    .replaceAll(/\d+(?:[.,:]\d+)*/gu, '<n>')
    .replaceAll(/\s+/gu, ' ')
    .trim();
}

/** Most frequent first. */
export function clustersOf(points: readonly Pick<HistoryPoint, 'at' | 'message' | 'verdict'>[]): FailureCluster[] {
  const clusters = new Map<string, FailureCluster>();
  for (const { at, message, verdict } of points) {
    if (message === null || message === '' || (verdict !== 'failed' && verdict !== 'error')) continue;
    const shape = shapeOf(message);
    const known = clusters.get(shape) ?? { shape, count: 0, example: message.slice(0, 1000), firstAt: at, lastAt: at };
    clusters.set(shape, {
      ...known,
      count: known.count + 1,
      firstAt: Math.min(known.firstAt, at),
      lastAt: Math.max(known.lastAt, at),
    });
  }
  return [...clusters.values()].sort((a, b) => b.count - a.count || b.lastAt - a.lastAt);
}

const STRIP = 6;

/** By SUT and condition, those with most runs first. */
export function cellsOf(points: readonly HistoryPoint[]): HistoryCell[] {
  const cells = new Map<string, HistoryCell>();
  for (const { suts, condition, verdict } of points) {
    const sut = suts.length === 0 ? 'no SUT' : suts.join(', ');
    const key = JSON.stringify([sut, condition]);
    const cell = cells.get(key) ?? { sut, condition, passed: 0, of: 0, strip: [] };
    cells.set(key, {
      ...cell,
      passed: cell.passed + (verdict === 'passed' ? 1 : 0),
      of: cell.of + 1,
      strip: [...cell.strip, verdict].slice(-STRIP),
    });
  }
  return [...cells.values()].sort((a, b) => b.of - a.of);
}
