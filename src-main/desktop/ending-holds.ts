import { createRouterClient } from '@orpc/server';
import { Notification } from 'electron';
import type { Harness } from '../harness.ts';
import type { Caller } from '../services/caller.ts';
import type { Shell } from './shell.ts';

/** Says natively that one's own hold is about to end, when the person is not looking at the window. A click leads to it. */
export function announceEndingHolds(harness: Harness, caller: Caller, shell: Shell): void {
  const client = createRouterClient(harness.router, { context: { caller } });
  harness.changes.on('reservation:endsSoon', ({ id }) => {
    if (shell.focused || !Notification.isSupported()) return;
    void client.reservations.get({ id }).then(({ holder, suts, end }) => {
      if (holder !== caller.user || end === null) return;
      const minutes = Math.max(1, Math.round((end - Date.now()) / 60_000));
      const notification = new Notification({
        title: `Your hold of ${suts.map(({ name }) => name).join(', ')} ends in ${minutes} min`,
        body: 'Then its runs are stopped and its consoles end.',
      });
      notification.on('click', () => shell.show(`/board/${id}`));
      notification.show();
    }, console.error);
  });
}
