import type { ServedFile } from '../../src-shared/model/serving.ts';
import { formatAmount, formatBytes, formatCount } from '../../src-shared/text/quantities.ts';

/** `10.0.0.5 fetched 12 MB of 19 MB in 4 requests, 3.1 MB/s`. */
export function sayFetched({ fetched, size, rate, peer, range, requests, announced }: ServedFile): string {
  const told = announced === null ? '' : `announced by proxyDHCP, heard ${formatAmount(announced, 'time')}; `;
  if (peer === null) return `${told}nothing fetched yet`;
  const last = range === null ? '' : `, last ${formatCount(range.start)} to ${formatCount(range.end)}`;
  return `${told}${peer} fetched ${formatBytes(fetched)} of ${formatBytes(size)} in ${formatAmount(requests, 'request')}${saySpeed(rate)}${last}`;
}

/** Of all that one machine fetches; null as long as it fetched nothing. */
export function sayTogether(files: readonly ServedFile[]): string | null {
  const fetched = files.reduce((sum, file) => sum + file.fetched, 0);
  return fetched === 0 ? null : `${formatBytes(fetched)}${saySpeed(files.reduce((sum, file) => sum + file.rate, 0))}`;
}

const saySpeed = (rate: number): string => (rate === 0 ? '' : `, ${formatBytes(rate)}/s`);
