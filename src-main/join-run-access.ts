import { runAccessRouter } from './api/run-access.ts';
import type { Changes } from './changes.ts';
import type { Log } from './log.ts';
import type { ConsoleBroker } from './services/consoles/console-broker.ts';
import type { MachineWatch } from './services/health/watch-machines.ts';
import type { LibraryMedia } from './services/library-media/library-media.ts';
import type { OobmServices } from './services/oobm/oobm-services.ts';
import { operate, readMachine } from './services/oobm/operate.ts';
import { RunAccess } from './services/run-access/run-access.ts';
import type { RunAccessServices } from './services/run-access/run-access-services.ts';
import { readSut } from './services/suts/sut-services.ts';
import type { ReadableStore } from './store/handle.ts';

interface Joined {
  store: ReadableStore;
  changes: Changes;
  log: Log;
  oobm: OobmServices;
  watch: MachineWatch;
  consoles: ConsoleBroker;
  media: LibraryMedia;
}

/** The access of running runs to their machines. What serves it is loaded when the first run needs it. */
export function joinRunAccess({ log, oobm, watch, consoles, media, ...common }: Joined): RunAccess {
  const services: Omit<RunAccessServices, 'listen'> = { ...common, consoles, machines: machinesOf({ oobm, watch, media }) };
  return new RunAccess({
    listen: async (find) => {
      const { serveRuns } = await import('./loopback/serve-runs.ts');
      return serveRuns({ router: runAccessRouter(services, log), find });
    },
  });
}

function machinesOf({ oobm, watch, media }: Pick<Joined, 'oobm' | 'watch' | 'media'>): RunAccessServices['machines'] {
  return {
    find: (id) => readSut(oobm.suts, id),
    power: async (id, signal) => {
      const { value } = await readMachine(oobm, { id, capability: 'power' }, signal);
      watch.soon(id);
      return value;
    },
    sensors: async (id, signal) => (await readMachine(oobm, { id, capability: 'sensors' }, signal)).value,
    eventLog: async (id, signal) => (await readMachine(oobm, { id, capability: 'sel' }, signal)).value,
    operate: async (id, deed, { key, fence, runId, who, what, why }) => {
      const common = { id, what, why, run: { fence, eventId: key } };
      const caller = { user: who, origin: 'rest' } as const;
      if (deed.capability === 'virtualMedia' && deed.action === 'insert')
        await media.insert({ sutId: id, ...deed.args, runId }, (prepare) => operate(oobm, { ...common, ...deed, prepare }, caller));
      else await operate(oobm, { ...common, ...deed } as never, caller);
      if (deed.capability === 'virtualMedia' && deed.action === 'eject') media.ejected(id, deed.args.drive);
      watch.soon(id);
    },
  };
}
