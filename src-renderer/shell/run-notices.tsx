import { notifications } from '@mantine/notifications';
import { useEffect, useRef, type ReactElement } from 'react';
import { useLocation } from 'wouter';
import type { RunSummary } from '../../src-shared/model/run.ts';
import { formatCount, formatDuration } from '../../src-shared/text/quantities.ts';
import { CAUSE_WORDS } from '../../src-shared/text/words.ts';
import { client } from '../bridge/client.ts';
import { addresses } from '../kit/addresses.ts';
import { Button } from '../kit/Button.tsx';
import { markOfRun } from '../kit/marks.ts';
import { toProblem } from '../kit/problem.ts';
import { VerdictIcon } from '../kit/VerdictIcon.tsx';
import { addNotices } from '../state/notices.ts';
import { onRunsEnded } from '../state/runs.ts';

/** How long a passed run's notice stays, in milliseconds; what needs a person stays until it is closed. */
const SHORT = 6000;

/** The end of a run is told once, wherever one is; not on the page of that run itself. */
export function useRunNotices(): void {
  const [location, go] = useLocation();
  const here = useRef({ location, go });
  useEffect(() => {
    here.current = { location, go };
  });
  useEffect(
    () =>
      onRunsEnded((runs) => {
        const told = runs.filter((run) => here.current.location !== addresses.run(run.id));
        addNotices(told);
        for (const run of told) show(run, here.current.go);
      }),
    [],
  );
}

/** `fw-regression failed on dl380-07` */
export function titleOfEnd(run: RunSummary): string {
  const verb = { passed: 'passed', failed: 'failed', error: 'ended in error', stopped: 'was stopped', lost: 'was lost' }[
    run.verdict ?? 'error'
  ];
  const where =
    run.suts.length === 0 ? '' : ` on ${run.suts.length > 2 ? `${formatCount(run.suts.length)} machines` : run.suts.join(', ')}`;
  return `${run.name} ${verb}${where}`;
}

export function textOfEnd(run: RunSummary): string {
  const { passed, failed } = run.counts;
  if (run.verdict === 'error' || run.verdict === 'lost')
    return run.happened ?? (run.cause === null ? '' : `Cause: ${CAUSE_WORDS[run.cause]}`);
  if (failed > 0) return `${formatCount(failed)} of ${formatCount(run.total)} failed`;
  return `${formatCount(passed)} of ${formatCount(run.total)} passed`;
}

function show(run: RunSummary, go: (address: string) => void): void {
  const id = `ended ${run.id}`;
  const leave = (address: string) => () => {
    notifications.hide(id);
    go(address);
  };
  notifications.show({
    id,
    icon: <VerdictIcon mark={markOfRun(run)} large />,
    title: titleOfEnd(run),
    message: <Message run={run} onOpen={leave} onHide={() => notifications.hide(id)} />,
    autoClose: run.verdict === 'passed' ? SHORT : false,
    withCloseButton: true,
  });
}

interface MessageProps {
  readonly run: RunSummary;
  readonly onOpen: (address: string) => () => void;
  readonly onHide: () => void;
}

function Message({ run, onOpen, onHide }: MessageProps): ReactElement {
  const took = run.startedAt !== null && run.endedAt !== null ? `, ${formatDuration(run.endedAt - run.startedAt)}` : '';
  const rerun = (): void => {
    onHide();
    client.runs.rerun({ id: run.id, failedOnly: true }).catch((error: unknown) => {
      notifications.show({ title: 'The rerun cannot start', message: toProblem(error).message, autoClose: false });
    });
  };
  return (
    <>
      <div>
        {textOfEnd(run)}
        {took}
      </div>
      <div className="row tight" style={{ marginTop: 8 }}>
        {run.counts.failed > 0 ? (
          <>
            <Button small onClick={onOpen(addresses.firstFailure(run.id))}>
              First failure
            </Button>
            <Button small variant="quiet" onClick={rerun}>
              Rerun failed
            </Button>
          </>
        ) : (
          <Button small onClick={onOpen(addresses.run(run.id))}>
            Open the run
          </Button>
        )}
      </div>
    </>
  );
}
