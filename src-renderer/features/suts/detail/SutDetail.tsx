import { X } from 'lucide-react';
import type { ReactElement } from 'react';
import { useSearchParams } from 'wouter';
import type { Sut } from '../../../../src-shared/model/sut.ts';
import { Button } from '../../../kit/Button.tsx';
import { formatPerson } from '../../../kit/format.ts';
import { Chip, Facts, Panel } from '../../../kit/Page.tsx';
import { EmptyState, LoadingShape } from '../../../kit/States.tsx';
import { When } from '../../../kit/Times.tsx';
import { useSuts } from '../../../state/suts.ts';
import { useMe } from '../../../state/system.ts';
import { SutForm } from '../form/SutForm.tsx';
import { Holder } from '../Holder.tsx';
import { InUse } from '../InUse.tsx';
import { Information } from './Information.tsx';
import { SutActions } from './SutActions.tsx';

interface Props {
  readonly id: string;
  readonly onClose: () => void;
}

/** One machine; `?edit` shows it as a form. */
export function SutDetail({ id, onClose }: Props): ReactElement {
  const known = useSuts((state) => state.known);
  const sut = useSuts((state) => state.byId.get(id));
  const [search, setSearch] = useSearchParams();
  const setEditing = (on: boolean): void =>
    setSearch((before) => {
      const next = new URLSearchParams(before);
      if (on) next.set('edit', '1');
      else next.delete('edit');
      return next;
    });
  if (sut === undefined) return <Unknown known={known} onClose={onClose} />;
  return (
    <Panel label={sut.name}>
      <div className="sut-head">
        <h2 className="panel-title ellipsis" title={sut.name}>
          {sut.name}
        </h2>
        <span className="dim small ellipsis grow">{sut.role === 'sut' ? 'Machine under test' : 'Test environment'}</span>
        <Button variant="quiet" small icon={<X />} label="Close" onClick={onClose} />
      </div>
      {search.has('edit') ? (
        <SutForm sut={sut} onSaved={() => setEditing(false)} onLeave={() => setEditing(false)} />
      ) : (
        <div className="scroll grow">
          <SutActions sut={sut} onEdit={() => setEditing(true)} onRemoved={onClose} />
          <Shown sut={sut} />
        </div>
      )}
    </Panel>
  );
}

function Shown({ sut }: { readonly sut: Sut }): ReactElement {
  const me = useMe();
  return (
    <>
      <div className="sut-facts">
        <Facts
          facts={[
            ['Held by', <Holder sut={sut} />],
            ['In use by', sut.inUse === null ? <span className="dim">no run</span> : <InUse inUse={sut.inUse} />],
            ['Maintained by', formatPerson(sut.maintainedBy, me)],
            ['Tags', sut.tags.length === 0 ? <span className="dim">none</span> : <Tags tags={sut.tags} />],
            ['Added', <When at={sut.createdAt} />],
            ['Changed', <When at={sut.changedAt} />],
          ]}
        />
      </div>
      <Information sut={sut} />
    </>
  );
}

function Tags({ tags }: { readonly tags: readonly string[] }): ReactElement {
  return (
    <span className="row tight wrap">
      {tags.map((tag) => (
        <Chip key={tag} tag>
          {tag}
        </Chip>
      ))}
    </span>
  );
}

function Unknown({ known, onClose }: { readonly known: boolean; readonly onClose: () => void }): ReactElement {
  if (!known) return <LoadingShape />;
  return (
    <div className="sut-gone">
      <EmptyState
        title="This machine does not exist"
        why="It was removed, or the address is wrong. Runs of the past keep its name."
        actions={
          <Button small onClick={onClose}>
            Close
          </Button>
        }
      />
    </div>
  );
}
