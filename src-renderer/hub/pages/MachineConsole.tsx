import { lazy, Suspense, useRef, useState, type ReactElement } from 'react';
import { useParams } from 'wouter';
import type { ConsoleState } from '../../../src-shared/model/console.ts';
import { hub } from '../../bridge/hub-client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { useFeed } from '../../bridge/use-feed.ts';
import { Confirm } from '../../kit/Confirm.tsx';
import { PageHead } from '../../kit/Page.tsx';
import { toProblem, type Problem } from '../../kit/problem.ts';
import { ErrorState, LoadingShape } from '../../kit/States.tsx';
import { ConsoleBar, isMine } from '../../kit/terminal/ConsoleBar.tsx';
import type { ConsoleScreen } from '../../kit/terminal/Terminal.tsx';
import { useHubInfo } from '../hub-info.ts';
import { useFresh } from '../use-fresh.ts';

const Terminal = lazy(() => import('../../kit/terminal/Terminal.tsx'));

/** The console of a machine that one holds, as its lab shows it. */
export function MachineConsole(): ReactElement {
  const { harnessId = '', sut = '' } = useParams<{ harnessId: string; sut: string }>();
  const [turn, setTurn] = useState(0);
  const lab = useFresh(() => hub.harnesses.list(), []).data?.find(({ id }) => id === harnessId);
  const mayType = lab?.policy?.consoles === 'write' && !lab.paused;
  return (
    <>
      <PageHead title={`Console of ${sut}`} about={lab?.name} />
      <Watched key={`${harnessId} ${sut} ${turn}`} harnessId={harnessId} sut={sut} mayType={mayType} onRetry={() => setTurn(turn + 1)} />
    </>
  );
}

interface Props {
  readonly harnessId: string;
  readonly sut: string;
  readonly mayType: boolean;
  readonly onRetry: () => void;
}

function Watched({ harnessId, sut, mayType, onRetry }: Props): ReactElement {
  const { me } = useHubInfo();
  const screen = useRef<ConsoleScreen>(null);
  const [state, setState] = useState<ConsoleState | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const keys = useAction(async (confirmed: boolean) => setState(await hub.consoles.takeWriter({ harnessId, sut, confirmed })));
  const back = useAction(async () => setState(await hub.consoles.releaseWriter({ harnessId, sut })));
  const lose = (error: unknown): void => {
    setProblem(toProblem(error));
    setState((before) => (before === null ? null : { ...before, state: 'closed', writer: null, askedBy: null }));
  };
  useFeed(
    {
      open: async (signal) => {
        try {
          return await hub.consoles.attach({ harnessId, sut, ...screen.current?.place() }, { signal });
        } catch (error) {
          lose(error);
          throw error;
        }
      },
      apply: (items) => {
        setProblem(null);
        for (const item of items) {
          if (item.type === 'state') setState(item.console);
          else screen.current?.show(item);
        }
      },
      onProblem: lose,
    },
    [harnessId, sut],
  );
  // At the lab everybody of the hub has a name that no person there has.
  const name = state?.writer?.startsWith(`${me.login} @ `) === true ? state.writer : me.login;
  const type = (text: string): void => void hub.consoles.write({ harnessId, sut, text }).catch(() => undefined); // the state of the console says why not
  return (
    <div className="column grow machine-console">
      <ConsoleBar
        state={state}
        me={name}
        busy={keys.busy || back.busy}
        takeRefusal={mayType ? null : 'The lab lets you read, not type, now.'}
        onTake={() => void keys.run(false)}
        onHandOver={() => void back.run()}
      />
      <Refusal problem={keys.problem} sut={sut} onConfirm={() => void keys.run(true)} onClose={keys.clear} />
      {problem === null ? null : <ErrorState problem={problem} onRetry={onRetry} />}
      <Suspense fallback={<LoadingShape />}>
        <Terminal screen={screen} mine={isMine(state, name)} onType={type} />
      </Suspense>
    </div>
  );
}

interface RefusalProps {
  readonly problem: Problem | null;
  readonly sut: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Why the keys were not given; where only somebody would be hurt, the question whether to take them all the same. */
function Refusal({ problem, sut, onConfirm, onClose }: RefusalProps): ReactElement | null {
  if (problem === null) return null;
  if (problem.code !== 'CONFIRM_FIRST') return <ErrorState problem={problem} />;
  const harm = problem.reasons.length === 0 ? problem.message : problem.reasons.join(' ');
  return (
    <Confirm
      title={`Take the console of ${sut}?`}
      harm={harm}
      verb="Take it all the same"
      safe="Leave it"
      onConfirm={onConfirm}
      onCancel={onClose}
    />
  );
}
