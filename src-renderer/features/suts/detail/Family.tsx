import { CornerDownRight } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { Sut } from '../../../../src-shared/model/sut.ts';
import { addresses } from '../../../kit/addresses.ts';
import { HealthIcon } from '../../../kit/HealthIcon.tsx';
import { SectionHead } from '../../../kit/Page.tsx';
import { useSuts } from '../../../state/suts.ts';
import { aboveOf, insideOf } from '../model/family.ts';
import { healthOf } from '../model/machine.ts';

/** What the machine stands in or runs on, and what is in it; nothing when it stands alone. */
export function Family({ sut }: { readonly sut: Sut }): ReactElement | null {
  const byId = useSuts((state) => state.byId);
  const above = aboveOf(sut, byId);
  const inside = insideOf(sut.id, byId.values());
  if (above.length === 0 && inside.length === 0) return null;
  return (
    <section aria-label="Part of">
      <SectionHead ruled title="Part of" about={inside.length === 0 ? undefined : 'whoever powers it is told of what is in it'} />
      <ul className="sut-tree">
        {[...above, sut].map((each, depth) => (
          <Member key={each.id} sut={each} depth={depth} here={each === sut} />
        ))}
        {inside.map((each) => (
          <Member key={each.id} sut={each} depth={above.length + 1} here={false} />
        ))}
      </ul>
    </section>
  );
}

/** px of one step in. */
const STEP = 16;

function Member({ sut, depth, here }: { readonly sut: Sut; readonly depth: number; readonly here: boolean }): ReactElement {
  return (
    <li style={{ paddingLeft: depth * STEP }}>
      {depth === 0 ? null : <CornerDownRight className="dim" aria-hidden />}
      <HealthIcon health={healthOf(sut)} />
      {here ? (
        <span className="strong ellipsis">{sut.name}</span>
      ) : (
        <Link className="ellipsis" href={addresses.sut(sut.id)}>
          {sut.name}
        </Link>
      )}
      <span className="dim small ellipsis">{sut.reservedBy === null ? '' : `held by ${sut.reservedBy}`}</span>
    </li>
  );
}
