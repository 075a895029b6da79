import { createRouterClient } from '@orpc/server';
import { Notification } from 'electron';
import type { Harness } from '../harness.ts';
import type { Caller } from '../services/caller.ts';
import type { Shell } from './shell.ts';

/** Says natively that a run has ended, when the person is not looking at the window. A click leads to it. */
export function announceEndedRuns(harness: Harness, caller: Caller, shell: Shell): void {
  const client = createRouterClient(harness.router, { context: { caller } });
  harness.changes.on('run:ended', ({ id }) => {
    if (shell.focused || !Notification.isSupported()) return;
    void client.runs.get({ id }).then((run) => {
      const { passed, failed, skipped } = run.counts;
      const notification = new Notification({
        title: `${run.name}: ${run.verdict ?? 'ended'}`,
        body: `${passed} passed, ${failed} failed, ${skipped} skipped`,
        silent: run.verdict === 'passed',
      });
      notification.on('click', () => shell.show(`/runs/${id}`));
      notification.show();
    }, console.error);
  });
}
