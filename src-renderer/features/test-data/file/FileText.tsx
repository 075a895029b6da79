import type { ReactElement } from 'react';
import type { ParseError } from '../../../../src-shared/model/test-data.ts';
import { formatBytes } from '../../../../src-shared/text/quantities.ts';
import { client } from '../../../bridge/client.ts';
import { useCall } from '../../../bridge/use-call.ts';
import { EmptyState, ErrorState, LoadingShape, Note } from '../../../kit/States.tsx';
import { CodeView } from './CodeView.tsx';

interface Props {
  readonly revision: string;
  readonly path: string;
  readonly line: number | null;
  readonly problems: readonly ParseError[];
}

export function FileText({ revision, path, line, problems }: Props): ReactElement {
  const { data, problem, again } = useCall((signal) => client.testData.file({ revision, path }, { signal }), [revision, path]);
  if (data === null) {
    return (
      <div className="grow content-note">
        {problem === null ? <LoadingShape rows={12} /> : <ErrorState problem={problem} onRetry={again} />}
      </div>
    );
  }
  if (data.binary) {
    return (
      <div className="grow content-note">
        <EmptyState
          title="No text to show"
          why={`${path} holds ${formatBytes(data.size)} that are not UTF-8 text. A run gets it as it is.`}
        />
      </div>
    );
  }
  return (
    <>
      {data.cut ? (
        <div className="content-note">
          <Note tone="warn">Only the first 2 MB of {formatBytes(data.size)} are shown. A run gets the whole file.</Note>
        </div>
      ) : null}
      <CodeView path={path} text={data.text} line={line} problems={problems} />
    </>
  );
}
