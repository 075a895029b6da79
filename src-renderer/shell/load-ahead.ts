import type { LinkKeeper } from '../bridge/link-keeper.ts';
import type { Feature } from '../kit/feature.ts';

/** Once the harness is there and the window rests: pages that most people open next, one after the other. A page that cannot be loaded says so when it is opened. */
export function loadAhead(features: readonly Feature[], keeper: LinkKeeper): void {
  const leave = keeper.subscribe(({ status }) => {
    if (status !== 'online') return;
    leave();
    for (const { ahead } of features) {
      if (ahead !== undefined) requestIdleCallback(() => void ahead().catch(() => undefined));
    }
  });
}
