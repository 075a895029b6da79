import { Play } from 'lucide-react';
import type { ReactElement } from 'react';
import type { HubContentKind, HubTestData } from '../../../src-shared/model/hub-runs.ts';
import { formatAmount, formatBytes } from '../../../src-shared/text/quantities.ts';
import { hub } from '../../bridge/hub-client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { Button } from '../../kit/Button.tsx';
import { ConfirmButton } from '../../kit/Confirm.tsx';
import { PageHead, SectionHead } from '../../kit/Page.tsx';
import { EmptyState, ErrorState, LoadingShape } from '../../kit/States.tsx';
import { When } from '../../kit/Times.tsx';
import { useHubInfo } from '../hub-info.ts';
import { useFresh } from '../use-fresh.ts';
import { takesWords } from '../takes-words.ts';
import { Bring } from './Bring.tsx';

/** What people have brought to run at labs. */
export function TestData(): ReactElement {
  const { me } = useHubInfo();
  const found = useFresh(() => hub.testData.list(), []);
  return (
    <>
      <PageHead title="Test data" about={found.data?.length} />
      <div className="hub-main">
        <Bring onBrought={found.again} />
        <WhatLabsTake />
        {found.problem === null ? null : <ErrorState problem={found.problem} onRetry={found.again} />}
        {found.data === null && found.problem === null ? <LoadingShape /> : null}
        {found.data?.length === 0 ? (
          <EmptyState
            title="No test data yet"
            why="Bring your suites, and what they need: libraries and images. All travel to a lab once, when a run there needs them."
          />
        ) : null}
        {SECTIONS.map(([kind, title]) => {
          const lines = found.data?.filter((data) => data.kind === kind) ?? [];
          return lines.length === 0 ? null : (
            <section key={kind} aria-label={title}>
              <SectionHead title={title} count={lines.length} ruled />
              <ul className="hub-lines">
                {lines.map((data) => (
                  <Line key={data.id} data={data} mine={data.person === me.login || me.role !== 'tester'} onChanged={found.again} />
                ))}
              </ul>
            </section>
          );
        })}
      </div>
    </>
  );
}

/** Known before anything is brought: what a lab does not take is refused there. */
function WhatLabsTake(): ReactElement | null {
  const labs = useFresh(() => hub.harnesses.list(), []);
  const said = (labs.data ?? []).filter(({ state, policy }) => state === 'approved' && policy !== null);
  if (said.length === 0) return null;
  return (
    <ul className="hub-body hub-takes small mid" aria-label="What labs take">
      {said.map(({ id, name, policy }) => (
        <li key={id}>
          <b>{name}</b> {takesWords(policy)}
        </li>
      ))}
    </ul>
  );
}

const SECTIONS: readonly (readonly [HubContentKind, string])[] = [
  ['suites', 'Suites'],
  ['library', 'Libraries'],
  ['image', 'Images'],
];

interface LineProps {
  readonly data: HubTestData;
  readonly mine: boolean;
  readonly onChanged: () => void;
}

function Line({ data, mine, onChanged }: LineProps): ReactElement {
  const remove = useAction(async () => {
    await hub.testData.remove({ id: data.id });
    onChanged();
  });
  const cases = data.suites.reduce((sum, suite) => sum + suite.cases.length, 0);
  return (
    <li>
      <span className="strong">{data.name}</span>
      {data.kind === 'suites' ? (
        <span className="mid figures">
          {formatAmount(cases, 'case')} in {formatAmount(data.suites.length, 'suite')}
        </span>
      ) : (
        <span className="mid mono small">{data.fileName}</span>
      )}
      <span className="dim small figures">{formatBytes(data.size)}</span>
      <span className="grow" />
      <span className="dim small">
        {data.person}, <When at={data.createdAt} />
      </span>
      {data.kind === 'suites' ? (
        <Button small icon={<Play />} href={`/runs/new?data=${data.id}`}>
          Run
        </Button>
      ) : null}
      {mine ? (
        <ConfirmButton
          small
          variant="quiet"
          title={`Remove ${data.name}?`}
          harm="Nobody can start runs with it any more. Runs that were started stay."
          verb="Remove it"
          safe="Keep it"
          onConfirm={() => void remove.run()}
        >
          Remove
        </ConfirmButton>
      ) : null}
      {remove.problem === null ? null : (
        <span className="wide small mark-failed" role="alert">
          {remove.problem.message}
        </span>
      )}
    </li>
  );
}
