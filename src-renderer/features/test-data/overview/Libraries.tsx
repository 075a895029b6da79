import { Check, Package, PackagePlus } from 'lucide-react';
import type { ReactElement } from 'react';
import type { ImportUse, LibraryRef, TestLibrary } from '../../../../src-shared/model/library.ts';
import { formatAmount } from '../../../../src-shared/text/quantities.ts';
import { client } from '../../../bridge/client.ts';
import { useCall } from '../../../bridge/use-call.ts';
import { addresses } from '../../../kit/addresses.ts';
import { Button } from '../../../kit/Button.tsx';
import { SectionHead } from '../../../kit/Page.tsx';
import { ErrorState } from '../../../kit/States.tsx';
import { VerdictIcon } from '../../../kit/VerdictIcon.tsx';
import { useLibraries } from '../../../state/libraries.ts';
import type { Revision } from '../RevisionView.tsx';
import { usePlace } from '../use-place.ts';
import { AttachedLibrary } from './AttachedLibrary.tsx';
import { useAddLibrary } from './use-add-library.ts';

/** What the suites import: what answers it, and what is missing with one press to add it. */
export function Libraries({ of }: { readonly of: Revision }): ReactElement {
  const { id } = of.testData;
  const { list } = useLibraries();
  const attached = useCall((signal) => client.libraries.attached({ testDataId: id }, { signal }), [id, list.length]);
  const uses = useCall(
    (signal) => client.libraries.recognise({ revision: of.revision.hash, testDataId: id }, { signal }),
    [id, of.revision.hash, list.map(({ versions }) => versions[0]?.id), attached.data],
  );
  const changed = (): void => attached.again();
  const open = (uses.data ?? []).filter(({ state }) => state === 'missing' || state === 'registry');
  const refs = attached.data ?? [];
  return (
    <section aria-label="Libraries of these test data" className="libraries-of">
      <SectionHead
        title="Libraries"
        count={refs.length}
        about={uses.data === null ? undefined : summary(uses.data)}
        actions={
          <Button small variant="quiet" icon={<Package />} href={addresses.libraries}>
            All libraries
          </Button>
        }
      />
      {uses.problem === null ? null : (
        <div className="content-note">
          <ErrorState problem={uses.problem} onRetry={uses.again} />
        </div>
      )}
      <ul>
        {open.map((use) => (
          <OpenImport key={`${use.kind} ${use.name}`} use={use} testDataId={id} libraries={list} onChanged={changed} />
        ))}
        {refs.map((ref) => (
          <AttachedLibrary key={ref.libraryId} libraryRef={ref} library={libraryOf(list, ref)} testDataId={id} onChanged={changed} />
        ))}
      </ul>
    </section>
  );
}

function libraryOf(list: readonly TestLibrary[], { libraryId }: LibraryRef): TestLibrary | undefined {
  return list.find(({ id }) => id === libraryId);
}

/** `3 imports answered by Robot and by files here, 1 known at the run only` */
function summary(uses: readonly ImportUse[]): string {
  const of = (...states: readonly ImportUse['state'][]): number => uses.filter(({ state }) => states.includes(state)).length;
  const [missing, fine, dynamic] = [of('missing', 'registry'), of('robot', 'local', 'attached'), of('dynamic')];
  return [
    missing > 0 ? `${missing} missing` : '',
    fine > 0 ? `${formatAmount(fine, 'import')} found` : '',
    dynamic > 0 ? `${dynamic} only the run knows` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

interface OpenProps {
  readonly use: ImportUse;
  readonly testDataId: string;
  readonly libraries: readonly TestLibrary[];
  readonly onChanged: () => void;
}

function OpenImport({ use, testDataId, libraries, onChanged }: OpenProps): ReactElement {
  const [, go] = usePlace();
  const add = useAddLibrary(testDataId, onChanged);
  const [first] = use.places;
  const known = libraries.find(({ id }) => id === use.suggestion?.libraryId);
  const requirement = use.suggestion?.requirement ?? null;
  return (
    <li>
      <div className="row library-line">
        <VerdictIcon mark="error" decorative />
        <span className="strong mono">{use.name}</span>
        <span className="mark-error small">{known === undefined ? 'missing' : 'not in the set'}</span>
        {first === undefined ? null : (
          <button type="button" className="link-button small mono ellipsis" onClick={() => go({ at: first.path, line: first.line })}>
            {first.path}:{first.line}
            {use.places.length > 1 ? `, and ${use.places.length - 1} more` : ''}
          </button>
        )}
        <span className="grow" />
        {add.said === null ? null : <span className="dim small ellipsis">{add.said}</span>}
        {known === undefined ? (
          requirement === null ? (
            <span className="dim small">
              {use.kind === 'library' ? 'No distribution is known for it' : 'The file is not in this revision'}
            </span>
          ) : (
            <Button small icon={<PackagePlus />} busy={add.busy} onClick={() => void add.add(requirement)}>
              Add {requirement}
            </Button>
          )
        ) : (
          <Button small icon={<Check />} busy={add.busy} onClick={() => void add.attach(known.id)}>
            Use {known.name}
          </Button>
        )}
      </div>
      {add.problem === null ? null : (
        <div className="content-note">
          <ErrorState problem={add.problem} />
        </div>
      )}
    </li>
  );
}
