import { implement } from '@orpc/server';
import { harnessContract } from '../../src-shared/contract/index.ts';
import type { HubStatus } from '../../src-shared/model/hub-link.ts';
import type { Changes } from '../changes.ts';
import type { ApiContext } from '../harness.ts';
import type { Hub } from '../services/hub/create-hub.ts';
import { coalescedFeed } from './feed.ts';
import type { Part } from './part.ts';

export function hubPart(changes: Changes, hub: Hub): Part<'hub'> {
  const procedures = implement(harnessContract.hub).$context<ApiContext>();
  return {
    status: procedures.status.handler(() => hub.status()),
    watch: procedures.watch.handler(({ signal }) => statusFeed(changes, hub, signal)),
    connect: procedures.connect.handler(({ input }) => hub.connect(input)),
    leave: procedures.leave.handler(() => hub.leave()),
    retry: procedures.retry.handler(() => hub.retry()),
    share: procedures.share.handler(({ input }) => hub.share(input)),
    pause: procedures.pause.handler(({ input }) => hub.pause(input.paused)),
    allowRuns: procedures.allowRuns.handler(({ input }) => hub.allowRuns(input.allowed)),
    limitBringing: procedures.limitBringing.handler(({ input }) => hub.limitBringing(input)),
    limitConsoles: procedures.limitConsoles.handler(({ input }) => hub.limitConsoles(input.allowed)),
    endRemoteHolds: procedures.endRemoteHolds.handler(() => hub.endRemoteHolds()),
    moved: procedures.moved.handler(() => hub.moved()),
  };
}

function statusFeed(changes: Changes, hub: Hub, signal: AbortSignal | undefined) {
  return coalescedFeed<Record<string, never>, true, HubStatus>({
    listen: (listener) => changes.on('hub:changed', listener),
    first: () => hub.status(),
    merge: () => true,
    take: () => hub.status(),
    signal,
    pauseMs: 100,
  });
}
