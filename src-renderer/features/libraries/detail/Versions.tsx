import { Trash2 } from 'lucide-react';
import type { ReactElement } from 'react';
import type { LibraryVersion, TestLibrary } from '../../../../src-shared/model/library.ts';
import { formatBytes } from '../../../../src-shared/text/quantities.ts';
import { client } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { ConfirmButton } from '../../../kit/Confirm.tsx';
import { formatPerson } from '../../../kit/format.ts';
import { When } from '../../../kit/Times.tsx';
import { useMe } from '../../../state/system.ts';
import { SOURCE_WORDS } from '../list/LibraryTable.tsx';

/** Newest first; each is kept by its hash, but what an index is asked for. */
export function Versions({ library }: { readonly library: TestLibrary }): ReactElement {
  return (
    <ul className="versions scroll grow">
      {library.versions.map((version) => (
        <Version key={version.id} library={library} version={version} />
      ))}
    </ul>
  );
}

function Version({ library, version }: { readonly library: TestLibrary; readonly version: LibraryVersion }): ReactElement {
  const me = useMe();
  const remove = useAction(() => client.libraries.removeVersion({ id: library.id, versionId: version.id }));
  return (
    <li>
      <div className="row">
        <span className="strong">{version.version}</span>
        <span className="dim small grow ellipsis" title={version.origin}>
          {SOURCE_WORDS[version.source]}, {version.requirement ?? version.origin}
          {version.size === null ? '' : `, ${formatBytes(version.size)}`}
        </span>
        {library.versions.length > 1 ? (
          <ConfirmButton
            small
            variant="quiet"
            icon={<Trash2 />}
            label={`Remove ${version.version}`}
            busy={remove.busy}
            title={`Remove version ${version.version}?`}
            harm="It cannot be chosen any more. Runs and locks that have it keep it."
            verb={`Remove ${version.version}`}
            safe="Keep it"
            onConfirm={() => void remove.run()}
          />
        ) : null}
      </div>
      <div className="dim small">
        <When at={version.addedAt} /> by {formatPerson(version.addedBy, me)}
        {version.sha256 === null ? null : <span className="mono">, {version.sha256.slice(0, 16)}</span>}
      </div>
      {remove.problem === null ? null : (
        <div className="mark-failed small" role="alert">
          {[remove.problem.message, ...remove.problem.reasons].join(' ')}
        </div>
      )}
    </li>
  );
}
