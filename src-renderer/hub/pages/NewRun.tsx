import { useState, type ReactElement } from 'react';
import { Link, useSearchParams } from 'wouter';
import { PageHead } from '../../kit/Page.tsx';
import { EmptyState, ErrorState, LoadingShape, Note } from '../../kit/States.tsx';
import { useWhatIsHere, type WhatIsHere } from '../use-what-is-here.ts';
import { RunForm } from './RunForm.tsx';

/** Chooses test data, cases and machines that one holds, and asks their lab to run them. */
export function NewRun(): ReactElement {
  const { here, problem, again } = useWhatIsHere();
  return (
    <>
      <PageHead title="New run" />
      <div className="hub-main">
        {problem === null ? null : <ErrorState problem={problem} onRetry={again} />}
        {here === null ? problem === null ? <LoadingShape /> : null : <Choose here={here} />}
      </div>
    </>
  );
}

function Choose({ here }: { readonly here: WhatIsHere }): ReactElement {
  const { suites: data, held } = here;
  const [search] = useSearchParams();
  const [dataId, setData] = useState(search.get('data') ?? '');
  const [heldId, setHeld] = useState(search.get('reservation') ?? '');
  const chosen = data.find(({ id }) => id === dataId) ?? data[0];
  const hold = held.find(({ id }) => id === heldId) ?? held[0] ?? null;
  if (chosen === undefined)
    return <EmptyState title="No test data yet" why={<Link href="/test-data">Bring a zip of your suites first</Link>} />;
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
        {hold === null ? null : (
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
        )}
      </div>
      {hold === null ? (
        <div className="hub-body">
          <Note>
            You have no machine now. <Link href="/suts">Choose a free one</Link> to run at once; a plan can be saved without.
          </Note>
        </div>
      ) : null}
      <RunForm key={chosen.id} data={chosen} hold={hold} here={here} />
    </>
  );
}
