import { Select } from '@mantine/core';
import { Package, X } from 'lucide-react';
import type { ReactElement } from 'react';
import type { LibraryRef, TestLibrary } from '../../../../src-shared/model/library.ts';
import { client } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { addresses } from '../../../kit/addresses.ts';
import { Button } from '../../../kit/Button.tsx';
import { ErrorState } from '../../../kit/States.tsx';
import { Link } from 'wouter';

interface Props {
  readonly libraryRef: LibraryRef;
  readonly library: TestLibrary | undefined;
  readonly testDataId: string;
  readonly onChanged: () => void;
}

const NEWEST = 'newest';

/** A library of the set: always its newest version, or one for ever. */
export function AttachedLibrary({ libraryRef, library, testDataId, onChanged }: Props): ReactElement {
  const { libraryId, versionId } = libraryRef;
  const pin = useAction(async (version: string | null) => {
    await client.libraries.attach({ testDataId, libraryId, versionId: version });
    onChanged();
  });
  const detach = useAction(async () => {
    await client.libraries.detach({ testDataId, libraryId });
    onChanged();
  });
  const name = library?.name ?? 'a library that was removed';
  const problem = pin.problem ?? detach.problem;
  return (
    <li>
      <div className="row library-line">
        <Package className="dim small" aria-hidden />
        <Link className="strong ellipsis" href={addresses.library(libraryId)}>
          {name}
        </Link>
        <span className="dim small mono ellipsis">{library?.importNames.join(', ')}</span>
        <span className="grow" />
        <Select
          size="xs"
          aria-label={`Version of ${name}`}
          value={versionId ?? NEWEST}
          allowDeselect={false}
          data={[
            { value: NEWEST, label: `Newest${library?.versions[0] === undefined ? '' : `, ${library.versions[0].version}`}` },
            ...(library?.versions ?? []).map(({ id, version }) => ({ value: id, label: `Always ${version}` })),
          ]}
          onChange={(value) => void pin.run(value === NEWEST ? null : value)}
        />
        <Button small variant="quiet" icon={<X />} label={`Leave out ${name}`} busy={detach.busy} onClick={() => void detach.run()} />
      </div>
      {problem === null ? null : (
        <div className="content-note">
          <ErrorState problem={problem} />
        </div>
      )}
    </li>
  );
}
