import { describe, expect, it } from 'vitest';
import type { ServedFile } from '../../src-shared/model/serving.ts';
import { sayFetched, sayTogether } from './fetched.ts';

const file: ServedFile = {
  ...{ id: 'f', name: 'debian.iso', sutId: 's', sutName: 'box-1', runId: 'r', host: '10.0.0.1:80', size: 19_000_000, since: 0 },
  ...{ fetched: 12_000_000, requests: 4, rate: 3_100_000, peer: '10.0.0.5', range: null, announced: null },
};

describe('what a machine fetched', () => {
  it('is said with who, how much, how fast', () => {
    expect(sayFetched(file)).toBe('12 MB of 19 MB, 3.1 MB/s, by 10.0.0.5 in 4 requests');
    expect(sayFetched({ ...file, rate: 0, requests: 1, range: { start: 0, end: 2047 } })).toBe(
      '12 MB of 19 MB, by 10.0.0.5 in 1 request, last 0 to 2,047',
    );
    expect(sayFetched({ ...file, peer: null, announced: 2 })).toBe('nothing fetched yet, announced by proxyDHCP, heard 2 times');
  });

  it('is said of all together, once there is something', () => {
    expect(sayTogether([{ ...file, fetched: 0, rate: 0 }])).toBeNull();
    expect(sayTogether([file, file])).toBe('24 MB, 6.2 MB/s');
  });
});
