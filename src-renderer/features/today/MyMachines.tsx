import { ArrowRight } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { useShallow } from 'zustand/react/shallow';
import type { Sut } from '../../../src-shared/model/sut.ts';
import { client } from '../../bridge/client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { SectionHead } from '../../kit/Page.tsx';
import { Until } from '../../kit/Times.tsx';
import { useSuts } from '../../state/suts.ts';
import { useMe } from '../../state/system.ts';

/** Machines the reader holds: who waits for them should not wait longer than needed. */
export function MyMachines(): ReactElement {
  const me = useMe();
  const mine = useSuts(useShallow((state) => state.order.filter((id) => me !== null && state.byId.get(id)?.reservedBy === me)));
  const known = useSuts((state) => state.known);
  return (
    <section aria-label="My machines">
      <SectionHead
        ruled
        title="My machines"
        count={mine.length}
        actions={
          <Button variant="quiet" small href={addresses.suts}>
            SUTs
            <ArrowRight />
          </Button>
        }
      />
      {mine.map((id) => (
        <Mine key={id} id={id} />
      ))}
      {known && mine.length === 0 ? (
        <p className="quiet-line dim">You hold no machine. A run reserves what it needs only while it goes on.</p>
      ) : null}
    </section>
  );
}

function Mine({ id }: { readonly id: string }): ReactElement | null {
  const sut = useSuts((state) => state.byId.get(id));
  const release = useAction(() => client.suts.release({ id }));
  if (sut === undefined) return null;
  return (
    <div className="mine">
      <Link className="run-name strong ellipsis" href={addresses.sut(id)}>
        {sut.name}
      </Link>
      <span className="dim small ellipsis grow">
        <Use sut={sut} />
      </span>
      <span className="dim small nowrap">
        <Until at={sut.reservedUntil} />
      </span>
      <Button
        small
        variant="quiet"
        busy={release.busy}
        disabledReason={sut.inUse === null ? null : `${sut.inUse.runName} works on it`}
        onClick={() => void release.run()}
      >
        Release
      </Button>
      {release.problem === null ? null : <span className="mark-failed small whole-line">{release.problem.message}</span>}
    </div>
  );
}

function Use({ sut }: { readonly sut: Sut }): ReactElement {
  if (sut.inUse === null) return <>free, you may start</>;
  return (
    <>
      in use by <Link href={addresses.run(sut.inUse.runId)}>{sut.inUse.runName}</Link>
    </>
  );
}
