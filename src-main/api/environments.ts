import { implement } from '@orpc/server';
import { harnessContract } from '../../src-shared/contract/index.ts';
import type { Environment } from '../../src-shared/model/library.ts';
import type { ApiContext } from '../harness.ts';
import { buildEnvironment, useEnvironment } from '../services/environments/build-environment.ts';
import type { EnvironmentServices } from '../services/environments/environment-services.ts';
import { cleanEnvironments, removeEnvironment, verifyEnvironment } from '../services/environments/keep-environments.ts';
import { getEnvironment, listEnvironments, type UsersOfLocks } from '../services/environments/list-environments.ts';
import { lockSet } from '../services/environments/lock-set.ts';
import { exportWheelhouse, importWheelhouse } from '../services/environments/wheelhouse.ts';
import { bindLibraries } from '../services/libraries/bind-libraries.ts';
import { coalescedFeed } from './feed.ts';
import type { Part } from './part.ts';
import { progressFeed } from './progress-feed.ts';

export function environmentsPart(services: EnvironmentServices, users: UsersOfLocks): Part<'environments'> {
  const procedures = implement(harnessContract.environments).$context<ApiContext>();
  const get = (lockHash: string) => getEnvironment(services, lockHash, users);
  return {
    list: procedures.list.handler(() => listEnvironments(services, users)),
    lock: procedures.lock.handler(({ input, signal }) =>
      progressFeed(signal, async (options) => {
        const libraries = bindLibraries(services.store, input.libraries);
        return { lock: await lockSet(services, { libraries, refresh: input.refresh }, options) };
      }),
    ),
    build: procedures.build.handler(({ input, signal }) =>
      progressFeed(signal, async (options) => {
        await useEnvironment(services, input.lockHash, options);
        return { environment: get(input.lockHash) };
      }),
    ),
    verify: procedures.verify.handler(async ({ input, signal }) => {
      get(input.lockHash);
      const problems = await verifyEnvironment(services, input, signal);
      return { environment: get(input.lockHash), problems };
    }),
    rebuild: procedures.rebuild.handler(({ input, signal }) =>
      progressFeed(signal, async (options) => {
        await buildEnvironment(services, { lockHash: input.lockHash, again: true }, options);
        return { environment: get(input.lockHash) };
      }),
    ),
    remove: procedures.remove.handler(async ({ input }) => ({ freed: await removeEnvironment(services, input.lockHash, users) })),
    clean: procedures.clean.handler(({ input }) =>
      cleanEnvironments(services, { unusedSince: input.unusedSince ?? services.clock.now() + 1, dryRun: input.dryRun }, users),
    ),
    exportWheelhouse: procedures.exportWheelhouse.handler(({ input, signal }) =>
      progressFeed(signal, (options) => exportWheelhouse(services, input, options)),
    ),
    importWheelhouse: procedures.importWheelhouse.handler(({ input, signal }) =>
      progressFeed(signal, async (options) => ({ lock: await importWheelhouse(services, input, options) })),
    ),
    watch: procedures.watch.handler(({ signal }) => environmentFeed(services, users, signal)),
  };
}

const CHANGES = ['environments:changed', 'libraries:changed', 'runs:changed'] as const;

/** Whole lists, no two alike in a row. */
function environmentFeed(services: EnvironmentServices, users: UsersOfLocks, signal: AbortSignal | undefined) {
  let last = '';
  const read = (): Environment[] | undefined => {
    const next = listEnvironments(services, users);
    const text = JSON.stringify(next);
    if (text === last) return undefined;
    last = text;
    return next;
  };
  return coalescedFeed<true, true, Environment[]>({
    listen: (listener) => {
      const stops = CHANGES.map((name) => services.changes.on(name, () => listener(true)));
      return () => stops.forEach((stop) => stop());
    },
    first: () => read() ?? listEnvironments(services, users),
    merge: () => true,
    take: () => read(),
    signal,
    pauseMs: 250,
  });
}
