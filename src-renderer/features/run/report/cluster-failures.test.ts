import { describe, expect, it } from 'vitest';
import type { RecordFailure } from '../../../../src-shared/model/record.ts';
import { clusterFailures, messageShape, sharedMessage } from './cluster-failures.ts';

const failure = (id: number, message: string | null) => ({ test: { id }, keyword: null, message }) as unknown as RecordFailure;

describe('failures by the shape of their message', () => {
  it.each([
    ['TSO throughput 11.2 Gbit/s, expected at least 22.0 Gbit/s', 'TSO throughput … Gbit/s, expected at least … Gbit/s'],
    ["Element 'login' not found after 5 seconds", 'Element … not found after … seconds'],
    ['No such file: /tmp/run-17/a.txt', 'No such file: …'],
    ['\n  two\nlines', 'two'],
    ['', 'No message'],
    [null, 'No message'],
  ])('reads %j as %j', (message, shape) => expect(messageShape(message)).toBe(shape));

  it('puts the largest first and loses none', () => {
    const clusters = clusterFailures([failure(1, 'a'), failure(2, 'b 1'), failure(3, 'b 2')]);
    expect(clusters.map(({ shape, failures }) => [shape, failures.map(({ test }) => test.id)])).toEqual([
      ['b …', [2, 3]],
      ['a', [1]],
    ]);
  });

  it('says what the failures of a cluster share, and of the rest only where they differ', () => {
    const [cluster] = clusterFailures([
      failure(1, "Ring 'eno1' is 512, expected 4096"),
      failure(2, "Ring 'eno2' is 256, expected 4096"),
      failure(3, "Ring 'eno2' is 64, expected 4096\nand more"),
    ]);
    const parts = cluster === undefined ? [] : sharedMessage(cluster);
    expect(parts.map(({ text }) => text).join('')).toBe('Ring … is n, expected 4096');
    expect(parts.flatMap(({ values }) => (values === null ? [] : [values]))).toEqual([
      ["'eno1'", "'eno2'"],
      ['512', '256', '64'],
    ]);
    expect(sharedMessage({ shape: 'No message', failures: [failure(1, null)] })).toEqual([{ text: 'No message', values: null }]);
  });
});
