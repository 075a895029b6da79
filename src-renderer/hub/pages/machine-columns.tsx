import type { HubSut } from '../../../src-shared/model/hub-directory.ts';
import type { Column } from '../../kit/DenseTable.tsx';
import { HealthIcon } from '../../kit/HealthIcon.tsx';
import { When } from '../../kit/Times.tsx';

const MOST_FIELDS = 4;

/** Name, lab, what it is, tags, who has it. */
export const machineColumns: readonly Column<HubSut>[] = [
  { id: 'name', title: 'SUT', width: 'minmax(100px, 1fr)', render: ({ name }) => <span className="strong">{name}</span> },
  { id: 'lab', title: 'Lab', width: 'minmax(90px, 0.8fr)', render: ({ harness }) => <span className="mid">{harness}</span> },
  {
    id: 'what',
    title: 'What it is',
    width: 'minmax(120px, 1.6fr)',
    render: (sut) => <span className="mid">{whatIs(sut)}</span>,
    hint: whatIs,
  },
  { id: 'tags', title: 'Tags', width: 'minmax(70px, 0.8fr)', render: ({ tags }) => <span className="mid">{tags.join(', ')}</span> },
  {
    id: 'hold',
    title: 'Now',
    width: 'minmax(150px, 1.3fr)',
    render: (sut) => <Hold sut={sut} />,
    hint: (sut) => sut.setAside ?? undefined,
  },
];

function whatIs({ fields }: HubSut): string {
  return fields
    .slice(0, MOST_FIELDS)
    .map(({ key, value }) => `${key} ${String(value)}`)
    .join(', ');
}

/** Who has it and until when; of a lab that is away, what was true when it was last heard. */
function Hold({ sut }: { readonly sut: HubSut }) {
  if (!sut.up) {
    return (
      <span className="row tight dim">
        <HealthIcon health="unreachable" decorative />
        Lab away{sut.heardAt === null ? '' : ' since '}
        {sut.heardAt === null ? null : <When at={sut.heardAt} />}
      </span>
    );
  }
  if (sut.setAside !== null) return <span className="mid">{sut.setAside}</span>;
  if (sut.heldBy !== null) {
    return (
      <span>
        {sut.inUse ? 'In use by' : 'Held by'} {sut.heldBy}
        {sut.heldUntil === null ? <span className="dim">, no end</span> : <span className="dim"> until </span>}
        {sut.heldUntil === null ? null : <When at={sut.heldUntil} />}
      </span>
    );
  }
  return sut.inUse ? <span>In use</span> : <span className="mark-passed">Free</span>;
}
