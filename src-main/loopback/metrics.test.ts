import { expect, it } from 'vitest';
import { writeMetrics } from './metrics.ts';

it('writes names of strangers so that they stay within their label', () => {
  const text = writeMetrics([{ name: 'atn_x', help: 'What.', kind: 'gauge', values: [[{ name: 'a"} 1\n\\' }, 2.5]] }]);
  expect(text).toBe('# HELP atn_x What.\n# TYPE atn_x gauge\natn_x{name="a\\"} 1\\n\\\\"} 2.5\n');
});
