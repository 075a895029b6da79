import type { ReactElement } from 'react';
import type { FileDifference, FileTextDifference } from '../../../../src-shared/model/test-data-change.ts';
import { formatCount } from '../../../../src-shared/text/quantities.ts';
import { client } from '../../../bridge/client.ts';
import { useCall } from '../../../bridge/use-call.ts';
import { EmptyState, ErrorState, LoadingShape, Note } from '../../../kit/States.tsx';
import { diffRows, MOST_ROWS, type DiffRow } from '../model/diff-rows.ts';

interface Props {
  readonly from: string | undefined;
  readonly to: string;
  readonly file: FileDifference;
}

/** The text of one changed file: what went, what came, and the lines around it. */
export function FileDiff({ from, to, file }: Props): ReactElement {
  const [path, oldPath] = [
    file.kind === 'removed' ? undefined : file.path,
    file.kind === 'added' ? undefined : (file.oldPath ?? file.path),
  ];
  const { data, problem, again } = useCall(
    (signal) =>
      client.testData.diffFile(
        {
          to,
          ...(from === undefined ? {} : { from }),
          ...(path === undefined ? {} : { path }),
          ...(oldPath === undefined ? {} : { oldPath }),
        },
        { signal },
      ),
    [from, to, path, oldPath],
  );
  if (data === null)
    return (
      <div className="content-note grow">
        {problem === null ? <LoadingShape rows={6} /> : <ErrorState problem={problem} onRetry={again} />}
      </div>
    );
  if (data.form !== 'text' || data.hunks.length === 0)
    return (
      <div className="content-note grow">
        <EmptyState
          title={TITLES[data.form]}
          why={file.kind === 'renamed' ? 'The file was renamed; its content is the same.' : WHYS[data.form]}
        />
      </div>
    );
  return <Lines of={data} path={file.path} />;
}

const TITLES: Readonly<Record<FileTextDifference['form'], string>> = {
  text: 'The text is the same',
  binary: 'No text to compare',
  large: 'Too much to show',
  ends: 'Only the line ends differ',
};
const WHYS: Readonly<Record<FileTextDifference['form'], string>> = {
  text: 'Nothing in it changed.',
  binary: 'One side is not UTF-8 text. Its size before and after stands in the list.',
  large: 'The file is over 2 MB or nearly all of it differs. Open the revisions to see each.',
  ends: 'One revision ends its lines as Windows does, the other as Unix does.',
};

function Lines({ of, path }: { readonly of: FileTextDifference; readonly path: string }): ReactElement {
  const { rows, all } = diffRows(of.hunks);
  return (
    <div className="grow diff" role="region" aria-label={`Changes in ${path}`} tabIndex={0}>
      {rows.map((row, index) => (
        <Line key={index} row={row} />
      ))}
      {all > MOST_ROWS ? (
        <div className="content-note">
          <Note>
            The first {formatCount(MOST_ROWS)} of {formatCount(all)} lines are shown.
          </Note>
        </div>
      ) : null}
    </div>
  );
}

const SIGNS = { same: ' ', removed: '−', added: '+', gap: '' } as const;

function Line({ row }: { readonly row: DiffRow }): ReactElement {
  return (
    <div className={`diff-line ${row.kind}`}>
      <span className="gutter">{row.oldLine}</span>
      <span className="gutter">{row.newLine}</span>
      <span className="sign" aria-label={row.kind === 'same' || row.kind === 'gap' ? undefined : row.kind}>
        {SIGNS[row.kind]}
      </span>
      <span className="text">{row.text}</span>
    </div>
  );
}
