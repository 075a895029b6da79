import type { ReactElement } from 'react';
import type { Sut } from '../../../../src-shared/model/sut.ts';
import { client } from '../../../bridge/client.ts';
import { useCall } from '../../../bridge/use-call.ts';
import { Facts, SectionHead } from '../../../kit/Page.tsx';
import { ErrorState, LoadingShape, Note } from '../../../kit/States.tsx';

/** Parts and firmware as the BMC lists them. */
export function InventoryTab({ sut }: { readonly sut: Sut }): ReactElement {
  const { data, problem, again } = useCall((signal) => client.suts.inventory({ id: sut.id }, { signal }), [sut.id]);
  if (data === null) return problem === null ? <LoadingShape /> : <ErrorState problem={problem} onRetry={again} />;
  return (
    <div className="sut-inventory">
      {data.problems.map((sentence) => (
        <Note key={sentence} tone="warn">
          {sentence}
        </Note>
      ))}
      {data.firmware.length === 0 ? null : <SectionHead title="Firmware" />}
      <Facts facts={data.firmware.map(({ name, version }) => [name, <span className="mono">{version}</span>] as const)} />
      {data.parts.map(({ id, name, fields, problem: wrong }) => (
        <div key={id}>
          <SectionHead ruled title={name} about={wrong ?? undefined} />
          <Facts facts={fields.map((field) => [field.name, field.value] as const)} />
        </div>
      ))}
    </div>
  );
}
