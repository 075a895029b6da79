import type { ReactElement } from 'react';
import type { Sut } from '../../../src-shared/model/sut.ts';
import { Until } from '../../kit/Times.tsx';
import { useMe } from '../../state/system.ts';
import { initialsOf } from './model/view.ts';

/** Who holds it, and until when. */
export function Holder({ sut }: { readonly sut: Sut }): ReactElement {
  const me = useMe();
  if (sut.role === 'environment') return <span className="dim">never held</span>;
  if (sut.reservedBy === null) return <span className="dim">{sut.inUse === null ? 'Free' : 'Nobody'}</span>;
  const mine = sut.reservedBy === me;
  return (
    <span className="row holder">
      <i className={`person${mine ? ' me' : ''}`} aria-hidden>
        {initialsOf(sut.reservedBy)}
      </i>
      <span className="ellipsis">{mine ? 'You' : sut.reservedBy}</span>
      <span className="dim small nowrap">
        <Until at={sut.reservedUntil} />
      </span>
    </span>
  );
}
