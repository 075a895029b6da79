import { FileCode, Pencil, Play } from 'lucide-react';
import type { ReactElement } from 'react';
import { addresses } from '../../../kit/addresses.ts';
import { Button } from '../../../kit/Button.tsx';
import { Tabs } from '../../../kit/Tabs.tsx';
import { ROOT, type Item } from '../model/suite-tree.ts';
import { ChangesTab } from '../changes/ChangesTab.tsx';
import { Overview } from '../overview/Overview.tsx';
import type { Revision } from '../RevisionView.tsx';
import { usePlace } from '../use-place.ts';
import { FileText } from './FileText.tsx';
import { Problems } from './Problems.tsx';

/** Right of the tree: the text of the selected, or the overview, with the problems of the whole revision below. */
export function ContentPane({ of }: { readonly of: Revision }): ReactElement {
  const [place, go] = usePlace();
  const item = of.tree.byKey.get(place.at ?? '') ?? null;
  const path = pathOf(item, of);
  const tab = path !== null ? 'file' : place.changes ? 'changes' : 'overview';
  const line = place.line ?? (item?.kind === 'case' ? item.line : null);
  return (
    <section className="pane grow content-pane" aria-label={path ?? 'Overview'}>
      <Tabs
        label="What to show"
        value={tab}
        onChange={(next) => next !== 'file' && go({ at: null, line: null, changes: next === 'changes' })}
        tabs={[
          { value: 'overview', label: 'Overview' },
          { value: 'changes', label: 'Changes' },
          ...(path === null
            ? []
            : [
                {
                  value: 'file',
                  label: (
                    <>
                      <FileCode className="small" aria-hidden /> {path}
                    </>
                  ),
                },
              ]),
        ]}
        aside={
          item === null ? null : (
            <>
              <RunThis item={item} of={of} />
              {path === null ? null : <Edit of={of} path={path} line={line} />}
            </>
          )
        }
      />
      {tab === 'changes' ? (
        <ChangesTab of={of} />
      ) : path === null ? (
        <Overview of={of} />
      ) : (
        <FileText key={`${of.revision.hash} ${path}`} revision={of.revision.hash} path={path} line={line} problems={of.errors} />
      )}
      <Problems errors={of.errors} path={path} line={line} onShow={(error) => go({ at: error.path, line: error.line })} />
    </section>
  );
}

/** A folder is shown by its initialisation file, where it has one. */
function pathOf(item: Item | null, { tree }: Revision): string | null {
  if (item === null || item.key === ROOT) return null;
  if (item.kind !== 'folder') return item.path;
  const init = item.children.find((child) => child.kind === 'file' && child.name === '__init__.robot');
  return init?.key !== undefined && tree.byKey.has(init.key) ? init.key : null;
}

/** Only the newest is edited: an older one is restored first. */
function Edit({ of, path, line }: { readonly of: Revision; readonly path: string; readonly line: number | null }): ReactElement | null {
  if (of.revision.number !== of.testData.newest.number || of.testData.archivedAt !== null) return null;
  return (
    <Button variant="quiet" small icon={<Pencil />} href={addresses.editFile(of.testData.id, path, line)}>
      Edit
    </Button>
  );
}

function RunThis({ item, of }: { readonly item: Item; readonly of: Revision }): ReactElement | null {
  const newest = of.revision.hash === of.testData.newest.hash;
  const revision = newest ? {} : { revision: of.revision.hash };
  if (item.kind === 'file' || item.key === ROOT || item.longName === null || item.from === item.to) return null;
  const choice = item.kind === 'case' ? { tests: [item.longName] } : { suites: [item.longName] };
  return (
    <Button variant="quiet" small icon={<Play />} href={addresses.newRun(of.testData.id, { ...revision, ...choice })}>
      Run this {item.kind === 'case' ? 'case' : item.kind === 'suite' ? 'suite' : 'folder'}
    </Button>
  );
}
