import { ChartNoAxesColumn, Trash2, X } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link, useSearchParams } from 'wouter';
import type { TestLibrary } from '../../../../src-shared/model/library.ts';
import { formatCount } from '../../../../src-shared/text/quantities.ts';
import { client } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { addresses } from '../../../kit/addresses.ts';
import { Button } from '../../../kit/Button.tsx';
import { ConfirmButton } from '../../../kit/Confirm.tsx';
import { Panel } from '../../../kit/Page.tsx';
import { EmptyState, ErrorState, LoadingShape } from '../../../kit/States.tsx';
import { Tabs } from '../../../kit/Tabs.tsx';
import { useLibraries } from '../../../state/libraries.ts';
import { Keywords } from '../keywords/Keywords.tsx';
import { Versions } from './Versions.tsx';

const TABS = ['keywords', 'versions', 'used'] as const;

interface Props {
  readonly library: TestLibrary | undefined;
  readonly onClose: () => void;
}

export function LibraryDetail({ library, onClose }: Props): ReactElement {
  const { known } = useLibraries();
  if (library !== undefined) return <Known library={library} onClose={onClose} />;
  return known ? (
    <div className="detail-note">
      <EmptyState
        title="This library does not exist"
        why="It was removed, or the address is wrong."
        actions={
          <Button small onClick={onClose}>
            Close
          </Button>
        }
      />
    </div>
  ) : (
    <LoadingShape />
  );
}

function Known({ library, onClose }: { readonly library: TestLibrary; readonly onClose: () => void }): ReactElement {
  const [search, setSearch] = useSearchParams();
  const tab = TABS.find((each) => each === search.get('tab')) ?? 'keywords';
  const remove = useAction(async () => {
    await client.libraries.remove({ id: library.id });
    onClose();
  });
  return (
    <Panel label={library.name}>
      <div className="row detail-title">
        <h2 className="panel-title ellipsis" title={library.name}>
          {library.name}
        </h2>
        <span className="dim small grow nowrap">{library.versions[0]?.version}</span>
        <Button variant="quiet" small icon={<ChartNoAxesColumn />} href={addresses.historyOf('library', library.name)}>
          History
        </Button>
        <ConfirmButton
          small
          variant="quiet"
          icon={<Trash2 />}
          label={`Remove ${library.name}`}
          busy={remove.busy}
          title={`Remove ${library.name}?`}
          harm="All its versions leave the registry. Environments that have it stay, and so do the runs that used it."
          verb={`Remove ${library.name}`}
          safe="Keep it"
          onConfirm={() => void remove.run()}
        />
        <Button variant="quiet" small icon={<X />} label="Close" onClick={onClose} />
      </div>
      {library.description === '' ? null : <p className="mid small library-about two-lines">{library.description}</p>}
      {remove.problem === null ? null : (
        <div className="detail-note">
          <ErrorState
            problem={remove.problem}
            actions={
              <Button small onClick={remove.clear}>
                Close
              </Button>
            }
          />
        </div>
      )}
      <Tabs
        label="What to show"
        value={tab}
        onChange={(next) => setSearch(next === 'keywords' ? [] : [['tab', next]], { replace: true })}
        tabs={[
          { value: 'keywords', label: 'Keywords' },
          { value: 'versions', label: `Versions ${formatCount(library.versions.length)}` },
          { value: 'used', label: `Used by ${formatCount(library.usedBy.length)}` },
        ]}
      />
      {tab === 'keywords' ? (
        <Keywords names={namesOf(library)} libraryId={library.id} versionId={library.versions[0]?.id} />
      ) : tab === 'versions' ? (
        <Versions library={library} />
      ) : (
        <UsedBy library={library} />
      )}
    </Panel>
  );
}

/** Before an environment with it was built once, its own name is the best guess. */
function namesOf({ importNames: [first, ...more], name }: TestLibrary): [string, ...string[]] {
  return [first ?? name, ...more];
}

function UsedBy({ library: { usedBy } }: { readonly library: TestLibrary }): ReactElement {
  if (usedBy.length === 0)
    return (
      <div className="detail-note">
        <EmptyState title="Nothing uses it" why="Attach it to test data, or name it in a plan." />
      </div>
    );
  return (
    <ul className="used-by scroll grow">
      {usedBy.map(({ kind, id, name }) => (
        <li key={`${kind} ${id}`} className="row">
          <Link href={kind === 'plan' ? addresses.plan(id) : addresses.oneTestData(id)}>{name}</Link>
          <span className="dim small">{kind === 'plan' ? 'plan' : 'test data'}</span>
        </li>
      ))}
    </ul>
  );
}
