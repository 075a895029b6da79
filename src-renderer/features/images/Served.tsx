import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { formatCount } from '../../../src-shared/text/quantities.ts';
import { addresses } from '../../kit/addresses.ts';
import { sayFetched } from '../../kit/fetched.ts';
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
