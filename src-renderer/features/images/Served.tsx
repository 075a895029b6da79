import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { ServedFile } from '../../../src-shared/model/serving.ts';
import { formatAmount, formatBytes, formatCount } from '../../../src-shared/text/quantities.ts';
import { addresses } from '../../kit/addresses.ts';
import { SectionHead } from '../../kit/Page.tsx';
import { useServed } from '../../state/images.ts';

/** What machines can fetch at this moment, and what they did fetch of it. */
export function Served(): ReactElement | null {
  const { list } = useServed();
  if (list.length === 0) return null;
  return (
    <section aria-label="Served to machines now">
      <SectionHead ruled title="Served to machines now" count={formatCount(list.length)} />
      <ul className="served">
        {list.map((file) => (
          <li key={file.id} className="row">
            <span className="strong ellipsis">{file.name}</span>
            <span className="small nowrap">
              to <Link href={addresses.sut(file.sutId)}>{file.sutName}</Link>
              {file.runId === null ? (
                ' by hand'
              ) : (
                <>
                  {' '}
                  for <Link href={addresses.run(file.runId)}>its run</Link>
                </>
              )}
            </span>
            <span className="dim small figures grow ellipsis">{sayFetched(file)}</span>
            <span className="mono dim small nowrap">{file.host}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function sayFetched({ fetched, size, rate, peer, range, requests, announced }: ServedFile): string {
  const told = announced === null ? '' : `announced by proxyDHCP, heard ${formatAmount(announced, 'time')}; `;
  if (peer === null) return `${told}nothing fetched yet`;
  const last = range === null ? '' : `, last ${formatCount(range.start)} to ${formatCount(range.end)}`;
  const speed = rate === 0 ? '' : `, ${formatBytes(rate)}/s`;
  return `${told}${peer} fetched ${formatBytes(fetched)} of ${formatBytes(size)} in ${formatCount(requests)} requests${speed}${last}`;
}
