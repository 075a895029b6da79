import { Select } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { useSearchParams } from 'wouter';
import { formatAmount } from '../../../../src-shared/text/quantities.ts';
import { client } from '../../../bridge/client.ts';
import { useCall } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { formatWhen } from '../../../kit/format.ts';
import { EmptyState, ErrorState, LoadingShape } from '../../../kit/States.tsx';
import { useNow } from '../../../kit/use-now.ts';
import type { Revision } from '../RevisionView.tsx';
import { usePlace } from '../use-place.ts';
import { FileDiff } from './FileDiff.tsx';
import { FileList } from './FileList.tsx';

const NOTHING = '0';

/** What differs between this revision and another: which files, and what in the one that is chosen. */
export function ChangesTab({ of }: { readonly of: Revision }): ReactElement {
  const [place] = usePlace();
  const against = place.against ?? of.revision.parent;
  const from = of.revisions.find(({ number }) => number === against)?.hash;
  const to = of.revision.hash;
  const { data, problem, again } = useCall(
    (signal) => client.testData.diff({ to, ...(from === undefined ? {} : { from }) }, { signal }),
    [to, from],
  );
  const [search] = useSearchParams();
  const [chosen, setChosen] = useState(search.get('file'));
  const file =
    data?.files.find(({ path, oldPath }) => path === chosen || (oldPath !== null && oldPath === chosen)) ?? data?.files[0] ?? null;
  return (
    <div className="column grow changes">
      <div className="row changes-head">
        <Against of={of} against={against} />
        <span className="dim small grow ellipsis">
          {data === null ? '' : `${formatAmount(data.files.length, 'file')} ${data.files.length === 1 ? 'differs' : 'differ'}`}
        </span>
        {place.changes ? <Close /> : null}
      </div>
      {problem === null ? null : (
        <div className="content-note">
          <ErrorState problem={problem} onRetry={again} />
        </div>
      )}
      {data === null && problem === null ? <LoadingShape rows={8} /> : null}
      {data?.files.length === 0 ? (
        <div className="content-note">
          <EmptyState title="Nothing differs" why="Both revisions have exactly the same files." />
        </div>
      ) : null}
      {data === null || file === null ? null : (
        <>
          <FileList files={data.files} chosen={file.path} onChoose={setChosen} />
          <FileDiff key={`${from ?? ''} ${to} ${file.path}`} from={from} to={to} file={file} />
        </>
      )}
    </div>
  );
}

function Close(): ReactElement {
  const [, go] = usePlace();
  return (
    <Button small variant="quiet" onClick={() => go({ changes: false, against: null })}>
      Close
    </Button>
  );
}

function Against({ of, against }: { readonly of: Revision; readonly against: number | null }): ReactElement {
  const [, go] = usePlace();
  const now = useNow('minute');
  const others = of.revisions.filter(({ number }) => number !== of.revision.number);
  return (
    <label className="row small">
      <span className="mid nowrap">Revision {of.revision.number} against</span>
      <Select
        size="xs"
        aria-label="Against which revision"
        data={[
          ...others.map(({ number, createdAt }) => ({ value: String(number), label: `${number}, ${formatWhen(createdAt, now)}` })),
          { value: NOTHING, label: 'nothing at all' },
        ]}
        value={against === null ? NOTHING : String(against)}
        allowDeselect={false}
        onChange={(value) => value !== null && go({ against: value === NOTHING ? null : Number(value) })}
      />
    </label>
  );
}
