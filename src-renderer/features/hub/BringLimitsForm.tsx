import { useState, type FormEvent, type ReactElement } from 'react';
import { bringWords, PackageName, type BringLimits } from '../../../src-shared/model/bring-limits.ts';
import type { HubStatus } from '../../../src-shared/model/hub-link.ts';
import { client } from '../../bridge/client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { Button } from '../../kit/Button.tsx';
import { SectionHead } from '../../kit/Page.tsx';
import { ErrorState } from '../../kit/States.tsx';

const GB = 1e9;

interface Props {
  readonly limits: BringLimits;
  readonly onChanged: (status: HubStatus) => void;
}

/** What remote people may bring for their runs besides suites; this computer holds to it, the hub shows it to them. */
export function BringLimitsForm({ limits, onChanged }: Props): ReactElement {
  const [wanted, setWanted] = useState(limits);
  const [size, setSize] = useState(limits.imageBytes === 0 ? '' : String(limits.imageBytes / GB));
  const [names, setNames] = useState(limits.packages.join(', '));
  const save = useAction(async (next: BringLimits) => onChanged(await client.hub.limitBringing(next)));
  const imageBytes = Math.round(Number(size) * GB);
  const packages = names.split(/[\s,]+/u).filter((name) => name !== '');
  const wrong = packages.find((name) => !PackageName.safeParse(name).success);
  const badSize = Number.isFinite(imageBytes) && imageBytes >= 0 && imageBytes <= 1000 * GB ? null : 'Say a size in GB, up to 1000.';
  const problem = wrong === undefined ? badSize : `${wrong} is no name of a package. Write names only, without versions.`;
  const next = { ...wanted, packages, imageBytes };
  const same = JSON.stringify(next) === JSON.stringify(limits);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (problem === null) void save.run(next);
  };
  return (
    <section aria-label="What remote people may bring">
      <SectionHead title="What remote people may bring" about={bringWords(limits)} ruled />
      <form className="hub-limits hub-bring" onSubmit={submit}>
        <label className="row">
          <input
            type="checkbox"
            checked={wanted.index}
            onChange={(event) => setWanted({ ...wanted, index: event.currentTarget.checked })}
          />
          Libraries by name, fetched from the index of this computer (Settings)
        </label>
        {wanted.index ? (
          <label className="row">
            <span>Only these packages, and what they need</span>
            <span className="field grow">
              <input className="mono" placeholder="every one" value={names} onChange={(event) => setNames(event.currentTarget.value)} />
            </span>
          </label>
        ) : null}
        <label className="row">
          <input
            type="checkbox"
            checked={wanted.files}
            onChange={(event) => setWanted({ ...wanted, files: event.currentTarget.checked })}
          />
          Libraries as files (wheels)
        </label>
        <label className="row">
          <span>Images to install their machines from, up to GB</span>
          <span className="field" style={{ width: 96 }}>
            <input inputMode="decimal" placeholder="none" value={size} onChange={(event) => setSize(event.currentTarget.value)} />
          </span>
        </label>
        <div className="row">
          <Button small submits variant="primary" busy={save.busy} disabledReason={problem ?? (same ? 'Nothing was changed.' : null)}>
            Save
          </Button>
        </div>
        {save.problem === null ? null : <ErrorState problem={save.problem} />}
      </form>
    </section>
  );
}
