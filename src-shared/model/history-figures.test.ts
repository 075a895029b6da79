import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { HistoryPoint } from './history.ts';
import { cellsOf, clustersOf, failingOf, flakinessOf, shapeOf, suspicionOf } from './history-figures.ts';

function point(at: number, verdict: HistoryPoint['verdict'], more: Partial<HistoryPoint> = {}): HistoryPoint {
  return {
    ...{ runId: `run ${at}`, runName: 'nightly', at, verdict, tookMs: 10, suts: ['rack-1'], condition: null, revision: 'a'.repeat(64) },
    ...{ lockHash: null, robotVersion: '7.5', image: null, message: verdict === 'failed' ? `Fan ${at} stopped` : null },
    ...more,
  };
}

it('counts only pairs in which nothing but the verdict could differ', () => {
  const steady = [point(1, 'passed'), point(2, 'failed', { revision: 'b'.repeat(64) }), point(3, 'failed', { revision: 'b'.repeat(64) })];
  expect(flakinessOf(steady)).toEqual({ pairs: 1, changed: 0, share: 0, flaky: false });
  const shaking = Array.from({ length: 8 }, (_, at) => point(at, at % 2 === 0 ? 'passed' : 'failed'));
  expect(flakinessOf(shaking)).toMatchObject({ pairs: 7, changed: 7, flaky: true });
  expect(flakinessOf([point(1, 'passed'), point(2, 'error'), point(3, 'passed')])).toMatchObject({ pairs: 1, changed: 0 });
  expect(flakinessOf([])).toEqual({ pairs: 0, changed: 0, share: null, flaky: false });
});

it('never finds more changes than pairs, nor more than forty', () => {
  const verdicts = fc.constantFrom<HistoryPoint['verdict'][]>('passed', 'failed', 'error', 'lost', 'stopped', 'skipped');
  fc.assert(
    fc.property(fc.array(verdicts, { maxLength: 100 }), (list) => {
      const { pairs, changed } = flakinessOf(list.map((verdict, at) => point(at, verdict)));
      expect(changed).toBeLessThanOrEqual(pairs);
      expect(pairs).toBeLessThanOrEqual(40);
    }),
  );
});

it('says since when it fails, and what differs since it passed', () => {
  const points = [point(1, 'failed'), point(2, 'passed'), point(3, 'failed', { image: 'debian-13' }), point(4, 'lost'), point(5, 'failed')];
  expect(failingOf(points)).toMatchObject({ runs: 2, since: { at: 3 }, lastPass: { at: 2 }, changed: ['image: none to debian-13'] });
  expect(failingOf([point(1, 'failed')])).toMatchObject({ runs: 1, lastPass: null, changed: [] });
  expect(failingOf([point(1, 'failed'), point(2, 'passed')])).toBeNull();
  expect(failingOf([])).toBeNull();
});

it('suspects the machine when all others pass in the same time', () => {
  const others = [point(4, 'passed', { suts: ['rack-2'] }), point(6, 'passed', { suts: ['rack-3'] })];
  const here = [point(2, 'passed'), point(3, 'failed'), point(5, 'failed')];
  expect(suspicionOf([...here, ...others])).toEqual({ sut: 'rack-1', failed: 2, of: 2, elsewherePassed: 2, elsewhereOf: 2 });
  expect(suspicionOf([...here, ...others, point(7, 'failed', { suts: ['rack-2'] })])).toBeNull();
  expect(suspicionOf(here)).toBeNull();
});

it('gathers messages that differ only in what varies', () => {
  const shape = 'FAN <n> turns at <n> rpm, see <path> and <text>, id <hex>';
  expect(shapeOf('FAN 4 turns at 1080.5 rpm, see /var/log/fan4.log and "x 1", id 0x1F\nmore')).toBe(shape);
  expect(shapeOf("FAN 12 turns at 900 rpm,  see C:\\logs\\a.txt and 'y', id deadbeef01")).toBe(shape);
  const clusters = clustersOf([point(1, 'failed'), point(2, 'failed'), point(3, 'failed', { message: 'Other' }), point(4, 'passed')]);
  expect(clusters).toMatchObject([
    { shape: 'Fan <n> stopped', count: 2, firstAt: 1, lastAt: 2 },
    { shape: 'Other', count: 1 },
  ]);
});

it('counts by machine and condition', () => {
  const cells = cellsOf([
    point(1, 'passed'),
    point(2, 'failed'),
    point(3, 'passed', { condition: 'hot' }),
    point(4, 'passed', { suts: [] }),
  ]);
  expect(cells[0]).toEqual({ sut: 'rack-1', condition: null, passed: 1, of: 2, strip: ['passed', 'failed'] });
  expect(cells.map(({ sut }) => sut)).toContain('no SUT');
});
