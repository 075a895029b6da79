import fc from 'fast-check';
import { expect, it } from 'vitest';
import { drawBadge } from './draw-badge.ts';

const counts = { passed: 3, failed: 2, skipped: 1, notRun: 0 };
const TAGS = /<\/?(?:svg|title|rect|text)(?: [a-z-]+="[^"<>]*"| xmlns="[^"]*")*\/?>/gu;

it('says what, and how it came out', () => {
  expect(drawBadge({ name: 'nightly', verdict: 'failed', counts })).toContain('aria-label="nightly: 2 of 5 failed"');
  expect(drawBadge({ name: 'nightly', verdict: 'passed', counts })).toContain('nightly: 3 passed');
  expect(drawBadge({ name: 'nightly', verdict: 'lost', counts })).toContain('nightly: lost');
  expect(drawBadge({ name: 'nightly', verdict: null, counts: null })).toContain('nightly: no run yet');
  expect(drawBadge({ name: '<b>&"', verdict: null, counts: null })).toContain('&lt;b&gt;&amp;&quot;: no run yet');
});

it('has nothing of a name but its text, whatever the name is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (name) => {
      const left = drawBadge({ name, verdict: 'passed', counts }).replaceAll(TAGS, '');
      expect(left).not.toMatch(/[<>"']/u);
      expect(left).not.toMatch(/&(?!amp;|lt;|gt;|quot;|#39;)/u);
    }),
  );
});

it('is as wide as its words, up to a bound', () => {
  const width = (name: string) => Number(/width="(\d+)"/u.exec(drawBadge({ name, verdict: 'passed', counts }))?.[1]);
  expect(width('ファン')).toBeGreaterThan(width('fan'));
  expect(width('x'.repeat(5000))).toBeLessThan(600);
});
