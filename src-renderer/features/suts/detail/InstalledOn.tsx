import type { ReactElement } from 'react';
import type { Sut } from '../../../../src-shared/model/sut.ts';
import { client } from '../../../bridge/client.ts';
import { useCall } from '../../../bridge/use-call.ts';
import { addresses } from '../../../kit/addresses.ts';
import { When } from '../../../kit/Times.tsx';

/** What the harness has put on the machine, as long as that is sure; looked at again whenever a run takes or leaves it. */
export function InstalledOn({ sut }: { readonly sut: Sut }): ReactElement {
  const { data } = useCall(() => client.provisioning.installed({ sutId: sut.id }), [sut.id, sut.inUse?.runId, sut.changedAt]);
  if (data === undefined || data === null) return <span className="dim">not known</span>;
  const { image, recipe, at, runId, dirtySince } = data;
  return (
    <span>
      {image?.name ?? recipe}
      {image === null ? '' : `, ${recipe}`}, <a href={addresses.run(runId)}>by a run</a> <When at={at} />
      {dirtySince === null ? null : (
        <span className="dim">
          , changed by tests since <When at={dirtySince} />
        </span>
      )}
    </span>
  );
}
