import { Play } from 'lucide-react';
import { useState, type FormEvent, type ReactElement } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import type { HubReservation } from '../../../src-shared/model/hub-directory.ts';
import type { HubTestData } from '../../../src-shared/model/hub-runs.ts';
import { hub } from '../../bridge/hub-client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { PageHead, SectionHead } from '../../kit/Page.tsx';
import { EmptyState, ErrorState, LoadingShape } from '../../kit/States.tsx';
import { allCases, selectionOf } from '../select-cases.ts';
import { useFresh } from '../use-fresh.ts';
import { CaseTree } from './CaseTree.tsx';

/** Chooses test data, cases and machines that one holds, and asks their lab to run them. */
export function NewRun(): ReactElement {
  const data = useFresh(() => hub.testData.list(), []);
  const mine = useFresh(() => hub.reservations.list({}), []);
  const problem = data.problem ?? mine.problem;
  const held = (mine.data ?? []).filter(({ state }) => state === 'active');
  return (
    <>
      <PageHead title="New run" />
      <div className="hub-main">
        {problem === null ? null : <ErrorState problem={problem} onRetry={data.again} />}
        {data.data === null || mine.data === null ? problem === null ? <LoadingShape /> : null : <Choose data={data.data} held={held} />}
      </div>
    </>
  );
}

interface Props {
  readonly data: readonly HubTestData[];
  readonly held: readonly HubReservation[];
}

function Choose({ data, held }: Props): ReactElement {
  const [search] = useSearchParams();
  const [dataId, setData] = useState(search.get('data') ?? '');
  const [heldId, setHeld] = useState(search.get('reservation') ?? '');
  const chosen = data.find(({ id }) => id === dataId) ?? data[0];
  const hold = held.find(({ id }) => id === heldId) ?? held[0];
  if (chosen === undefined)
    return <EmptyState title="No test data yet" why={<Link href="/test-data">Bring a zip of your suites first</Link>} />;
  if (hold === undefined)
    return (
      <EmptyState title="You have no machine now" why={<Link href="/suts">A run needs a machine that you hold. Choose a free one</Link>} />
    );
  return (
    <>
      <div className="hub-form">
        <label className="grow">
          <span className="small mid">Test data</span>
          <span className="field">
            <select aria-label="Test data" value={chosen.id} onChange={(event) => setData(event.currentTarget.value)}>
              {data.map(({ id, name, person }) => (
                <option key={id} value={id}>
                  {name}, of {person}
                </option>
              ))}
            </select>
          </span>
        </label>
        <label className="grow">
          <span className="small mid">On the machines of</span>
          <span className="field">
            <select aria-label="On the machines of" value={hold.id} onChange={(event) => setHeld(event.currentTarget.value)}>
              {held.map(({ id, suts, harness, purpose }) => (
                <option key={id} value={id}>
                  {suts.join(', ')} at {harness}
                  {purpose === '' ? '' : `: ${purpose}`}
                </option>
              ))}
            </select>
          </span>
        </label>
      </div>
      <Start key={chosen.id} data={chosen} hold={hold} />
    </>
  );
}

function Start({ data, hold }: { readonly data: HubTestData; readonly hold: HubReservation }): ReactElement {
  const [, go] = useLocation();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(allCases(data.suites)));
  const [yaml, setYaml] = useState('');
  const [limit, setLimit] = useState('');
  const [id] = useState(() => crypto.randomUUID());
  const start = useAction(async () => {
    const selection = selectionOf(data.suites, chosen);
    const condition = yaml.trim() === '' ? {} : { condition: { name: 'Variables of this run', yaml } };
    const options = limit === '' ? {} : { options: { timeLimitMs: Math.round(Number(limit) * 60_000) } };
    await hub.runs.start({ id, reservationId: hold.id, testDataId: data.id, selection, ...condition, ...options });
    go(addresses.run(id));
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void start.run();
  };
  return (
    <form onSubmit={submit}>
      <SectionHead title="Cases" count={`${chosen.size} of ${allCases(data.suites).length}`} ruled />
      <CaseTree suites={data.suites} chosen={chosen} onChange={setChosen} />
      <SectionHead title="How" ruled />
      <div className="hub-form">
        <label className="grow">
          <span className="small mid">Variables (YAML), for this run</span>
          <textarea className="field mono hub-yaml" rows={4} value={yaml} onChange={(event) => setYaml(event.currentTarget.value)} />
        </label>
        <label>
          <span className="small mid">Time limit, minutes</span>
          <span className="field" style={{ width: 96 }}>
            <input type="number" min="1" max="100000" value={limit} onChange={(event) => setLimit(event.currentTarget.value)} />
          </span>
        </label>
        <Button
          variant="primary"
          submits
          icon={<Play />}
          busy={start.busy}
          disabledReason={chosen.size === 0 ? 'Choose a case first.' : null}
        >
          Run
        </Button>
      </div>
      {start.problem === null ? null : (
        <div className="hub-body">
          <ErrorState problem={start.problem} />
        </div>
      )}
    </form>
  );
}
