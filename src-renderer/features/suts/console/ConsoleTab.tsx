import { Search } from 'lucide-react';
import { lazy, Suspense, useState, type FormEvent, type ReactElement } from 'react';
import type { ConsoleState } from '../../../../src-shared/model/console.ts';
import type { Sut } from '../../../../src-shared/model/sut.ts';
import { client } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { formatPreciseClock } from '../../../kit/format.ts';
import { ErrorState, LoadingShape } from '../../../kit/States.tsx';
import { ConsoleBar, isMine } from '../../../kit/terminal/ConsoleBar.tsx';
import { useMe } from '../../../state/system.ts';
import { Asked } from '../detail/Asked.tsx';
import { useDeed } from '../detail/use-deed.ts';

const SutTerminal = lazy(() => import('./SutTerminal.tsx'));

/** The machine's console: everybody reads, one types, everything is recorded. */
export function ConsoleTab({ sut }: { readonly sut: Sut }): ReactElement {
  const me = useMe();
  const [state, setState] = useState<ConsoleState | null>(null);
  const deeds = useDeed();
  const take = (): void =>
    deeds.ask({ title: 'Take the console', perform: ({ confirmed }) => client.consoles.takeWriter({ sutId: sut.id, confirmed }) });
  const release = (): void => deeds.ask({ title: 'Hand over', perform: () => client.consoles.releaseWriter({ sutId: sut.id }) });
  return (
    <div className="column grow machine-console">
      <ConsoleBar state={state} me={me} busy={deeds.busy} onTake={take} onHandOver={release} />
      <Asked sut={sut} deeds={deeds} />
      <Suspense fallback={<LoadingShape />}>
        <SutTerminal sutId={sut.id} mine={isMine(state, me)} onState={setState} />
      </Suspense>
      <Find sutId={sut.id} />
    </div>
  );
}

/** Looks through all recordings of this machine. */
function Find({ sutId }: { readonly sutId: string }): ReactElement {
  const [text, setText] = useState('');
  const find = useAction((words: string) => client.consoles.search({ sutId, text: words }));
  const [found, setFound] = useState<Awaited<ReturnType<typeof client.consoles.search>> | null>(null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== '') void find.run(text.trim()).then(setFound);
  };
  return (
    <form className="column sut-console-find" onSubmit={submit}>
      <div className="row">
        <span className="field grow">
          <input
            aria-label="Find in all recordings"
            placeholder="Find in all recordings"
            value={text}
            spellCheck={false}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </span>
        <Button small submits icon={<Search />} busy={find.busy}>
          Find
        </Button>
      </div>
      {find.problem === null ? null : <ErrorState problem={find.problem} />}
      {found === null ? null : (
        <ul className="sut-log mono" aria-label="Found lines">
          {found.hits.length === 0 ? <li className="dim">Nothing found.</li> : null}
          {found.hits.map(({ recordingId, offset, at, line }) => (
            <li key={`${recordingId}${offset}`}>
              <span className="dim small nowrap">{at === null ? '' : formatPreciseClock(at)}</span>
              <span className="grow">{line}</span>
            </li>
          ))}
        </ul>
      )}
    </form>
  );
}
