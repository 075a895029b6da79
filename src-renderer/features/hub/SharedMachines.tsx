import { useState, type ReactElement } from 'react';
import type { HubStatus } from '../../../src-shared/model/hub-link.ts';
import { limitWords, NO_LIMITS, type ShareLimits } from '../../../src-shared/model/share-limits.ts';
import type { Sut } from '../../../src-shared/model/sut.ts';
import { formatCount } from '../../../src-shared/text/quantities.ts';
import { client } from '../../bridge/client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { SectionHead } from '../../kit/Page.tsx';
import { EmptyState, ErrorState } from '../../kit/States.tsx';
import { useSuts } from '../../state/suts.ts';
import { ShareLimitsForm } from './ShareLimitsForm.tsx';

interface Props {
  readonly status: HubStatus;
  readonly onChanged: (status: HubStatus) => void;
}

/** Each machine is shared or not; nothing is shared that nobody chose. Members of the test environment are never held, so not shared. */
export function SharedMachines({ status, onChanged }: Props): ReactElement {
  const { known, byId, order } = useSuts();
  const shared = new Set(status.shared.map(({ id }) => id));
  const suts = order.flatMap((id) => byId.get(id) ?? []).filter(({ role }) => role === 'sut');
  const limitsOf = new Map(status.shared.map(({ id, limits }) => [id, limits]));
  const [limiting, setLimiting] = useState<string | null>(null);
  const share = useAction(async (names: string[], wanted: boolean, limits?: ShareLimits) => {
    onChanged(await client.hub.share({ suts: names, shared: wanted, limits }));
    setLimiting(null);
  });
  const all = suts.every(({ id }) => shared.has(id));
  return (
    <section aria-label="Shared machines">
      <SectionHead
        ruled
        title="Shared machines"
        count={`${formatCount(suts.filter(({ id }) => shared.has(id)).length)} of ${formatCount(suts.length)}`}
        about="Name, tags, fields and who has it are shown to people of the hub; never addresses or secrets."
        actions={
          suts.length === 0 ? null : (
            <Button
              small
              busy={share.busy}
              onClick={() =>
                void share.run(
                  suts.map(({ name }) => name),
                  !all,
                )
              }
            >
              {all ? 'Share none' : 'Share all'}
            </Button>
          )
        }
      />
      {share.problem === null ? null : <ErrorState problem={share.problem} />}
      {known && suts.length === 0 ? (
        <EmptyState
          title="No machine here yet"
          why="What is added under SUTs can be shared."
          actions={
            <Button small href={addresses.newSut}>
              Add a machine
            </Button>
          }
        />
      ) : (
        <ul className="hub-shared">
          {suts.map((sut) => (
            <li key={sut.id}>
              <Machine
                sut={sut}
                limits={limitsOf.get(sut.id) ?? null}
                onShare={(wanted) => void share.run([sut.name], wanted)}
                onLimit={() => setLimiting(limiting === sut.id ? null : sut.id)}
              />
              {limiting === sut.id && shared.has(sut.id) ? (
                <ShareLimitsForm
                  name={sut.name}
                  limits={limitsOf.get(sut.id) ?? NO_LIMITS}
                  busy={share.busy}
                  onSave={(limits) => void share.run([sut.name], true, limits)}
                  onClose={() => setLimiting(null)}
                />
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

interface MachineProps {
  readonly sut: Sut;
  /** Null = not shared. */
  readonly limits: ShareLimits | null;
  readonly onShare: (shared: boolean) => void;
  readonly onLimit: () => void;
}

function Machine({ sut, limits, onShare, onLimit }: MachineProps): ReactElement {
  return (
    <div className="row">
      <label className="row grow">
        <input type="checkbox" checked={limits !== null} onChange={(event) => onShare(event.currentTarget.checked)} />
        <span className="strong ellipsis">{sut.name}</span>
        <span className="dim small ellipsis grow">{sut.tags.join(', ')}</span>
        <span className="small mid nowrap">{sut.reservedBy === null ? 'free' : sut.reservedBy}</span>
      </label>
      {limits === null ? null : (
        <Button small variant="quiet" onClick={onLimit}>
          {limitWords(limits)}
        </Button>
      )}
    </div>
  );
}
