import { Menu } from '@mantine/core';
import { Bookmark, BookmarkX, ChartNoAxesColumn, Ellipsis, RotateCcw, Trash2 } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { useLocation } from 'wouter';
import type { Run } from '../../../src-shared/model/run.ts';
import { formatAmount } from '../../../src-shared/text/quantities.ts';
import { client, server } from '../../bridge/client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { Confirm } from '../../kit/Confirm.tsx';
import { restToRerun } from '../../kit/rerun.ts';
import { StopControl } from '../../kit/StopControl.tsx';
import { ErrorState } from '../../kit/States.tsx';
import { useVerbs } from '../../kit/use-verbs.ts';
import { VerdictIcon } from '../../kit/VerdictIcon.tsx';

interface Props {
  readonly run: Run;
  readonly again: () => void;
}

export function RunActions({ run, again }: Props): ReactElement {
  const [, go] = useLocation();
  const [removing, setRemoving] = useState(false);
  const ended = run.state === 'ended';
  const rest = restToRerun(run);
  const stop = useAction((now: boolean) => client.runs.stop({ id: run.id, now }));
  const rerun = useAction(async (failedOnly: boolean) => {
    const started = await client.runs.rerun({ id: run.id, failedOnly });
    go(addresses.run(started.id));
  });
  const keep = useAction(async () => {
    await client.runs.setImportant({ id: run.id, important: !run.important });
    again();
  });
  const remove = useAction(async () => {
    await client.runs.remove({ id: run.id });
    go(addresses.runs);
  });
  useVerbs(run.name, [
    ...(run.counts.failed === 0
      ? []
      : [{ id: 'run.first-failure', label: 'First failure', keys: 'f', href: addresses.firstFailure(run.id) }]),
    { id: 'run.rerun', label: 'Rerun', keys: 'r', icon: <RotateCcw />, when: () => ended, run: () => ended && void rerun.run(false) },
    {
      id: 'run.rerun-failed',
      label: rest ?? 'Rerun failed',
      keys: 'shift+r',
      when: () => ended && rest !== null,
      run: () => ended && rest !== null && void rerun.run(true),
    },
    ...(server === 'hub'
      ? []
      : [{ id: 'run.important', label: run.important ? 'No longer important' : 'Mark as important', run: () => void keep.run() }]),
  ]);
  const problem = stop.problem ?? rerun.problem ?? keep.problem ?? remove.problem;
  return (
    <>
      {problem === null ? null : (
        <div className="run-problem">
          <ErrorState problem={problem} />
        </div>
      )}
      {removing ? (
        <Confirm
          title={`Remove this run of ${run.name}?`}
          harm="Its record and report are deleted from this computer. This cannot be undone."
          verb="Remove the run"
          safe="Keep it"
          onConfirm={() => void remove.run()}
          onCancel={() => setRemoving(false)}
        />
      ) : null}
      {run.counts.failed === 0 ? null : (
        <Button icon={<VerdictIcon mark="failed" decorative />} keys="f" href={addresses.firstFailure(run.id)}>
          First failure
        </Button>
      )}
      {ended ? (
        <>
          <Button
            icon={<RotateCcw />}
            busy={rerun.busy}
            variant={rest === null ? 'primary' : 'outline'}
            onClick={() => void rerun.run(false)}
          >
            Rerun
          </Button>
          {rest === null ? null : (
            <Button icon={<RotateCcw />} variant="primary" busy={rerun.busy} onClick={() => void rerun.run(true)}>
              {rest}
            </Button>
          )}
        </>
      ) : (
        <StopControl run={run} busy={stop.busy} variant="danger" onStop={(now) => void stop.run(now)} />
      )}
      {server === 'hub' ? null : (
        <Menu position="bottom-end">
          <Menu.Target>
            <button type="button" className="button quiet icon-only" aria-label="More for this run">
              <Ellipsis />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={run.important ? <BookmarkX /> : <Bookmark />} onClick={() => void keep.run()}>
              {run.important ? 'No longer important' : 'Mark as important'}
            </Menu.Item>
            <Menu.Item leftSection={<ChartNoAxesColumn />} onClick={() => go(addresses.historyOf('name', run.name))}>
              History of {run.name}
            </Menu.Item>
            {ended && !run.important ? (
              <Menu.Item leftSection={<Trash2 />} onClick={() => setRemoving(true)}>
                Remove {formatAmount(run.total, 'result')}…
              </Menu.Item>
            ) : null}
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  );
}
