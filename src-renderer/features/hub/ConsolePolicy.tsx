import type { ReactElement } from 'react';
import type { HubStatus } from '../../../src-shared/model/hub-link.ts';
import { consoleWords, type RemoteConsoles } from '../../../src-shared/model/remote-consoles.ts';
import { client } from '../../bridge/client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { SectionHead } from '../../kit/Page.tsx';
import { Segments } from '../../kit/Segments.tsx';
import { ErrorState } from '../../kit/States.tsx';

const CHOICES = [
  { value: 'nothing', label: 'Nothing' },
  { value: 'read', label: 'Read' },
  { value: 'write', label: 'Read and type' },
] as const;

interface Props {
  readonly allowed: RemoteConsoles;
  readonly onChanged: (status: HubStatus) => void;
}

/** What remote people may do with the consoles of machines that they hold. What is taken away ends at once. */
export function ConsolePolicy({ allowed, onChanged }: Props): ReactElement {
  const save = useAction(async (next: RemoteConsoles) => onChanged(await client.hub.limitConsoles({ allowed: next })));
  return (
    <section aria-label="Consoles for remote people">
      <SectionHead
        ruled
        title="Consoles for remote people"
        about={consoleWords(allowed)}
        actions={
          <Segments
            label="With consoles of machines that they hold"
            segments={CHOICES}
            value={allowed}
            onChange={(next) => void save.run(next)}
          />
        }
      />
      {save.problem === null ? null : <ErrorState problem={save.problem} />}
    </section>
  );
}
