import type { ServedFile } from '../../src-shared/model/serving.ts';
import { formatAmount, formatBytes, formatCount } from '../../src-shared/text/quantities.ts';

/** `12 MB of 19 MB, 3.1 MB/s, by 10.0.0.5 in 4 requests`: what changes comes first, where there is room for it. */
export function sayFetched({ fetched, size, rate, peer, range, requests, announced }: ServedFile): string {
  const told = announced === null ? '' : `, announced by proxyDHCP, heard ${formatAmount(announced, 'time')}`;
  if (peer === null) return `nothing fetched yet${told}`;
  const last = range === null ? '' : `, last ${formatCount(range.start)} to ${formatCount(range.end)}`;
  return `${formatBytes(fetched)} of ${formatBytes(size)}${saySpeed(rate)}, by ${peer} in ${formatAmount(requests, 'request')}${last}${told}`;
}

/** Of all that one machine fetches; null as long as it fetched nothing. */
export function sayTogether(files: readonly ServedFile[]): string | null {
  const fetched = files.reduce((sum, file) => sum + file.fetched, 0);
  return fetched === 0 ? null : `${formatBytes(fetched)}${saySpeed(files.reduce((sum, file) => sum + file.rate, 0))}`;
}

const saySpeed = (rate: number): string => (rate === 0 ? '' : `, ${formatBytes(rate)}/s`);
