import { AsyncIteratorClass, implement } from '@orpc/server';
import type { DiscoverEvent, SensorsEvent, VerifyEvent } from '../../src-shared/contract/harness/sut-operations.ts';
import { harnessContract } from '../../src-shared/contract/index.ts';
import { asWorkbenchError } from '../errors.ts';
import type { ApiContext } from '../harness.ts';
import { openDemoLab } from '../services/demo-lab/demo-lab.ts';
import type { MachineWatch } from '../services/health/watch-machines.ts';
import type { LibraryMedia } from '../services/library-media/library-media.ts';
import { discoverMachines } from '../services/oobm/discover-machines.ts';
import { inspectAddress } from '../services/oobm/inspect-address.ts';
import { operate, readMachine } from '../services/oobm/operate.ts';
import type { OobmServices } from '../services/oobm/oobm-services.ts';
import { powerMany, powerSut } from '../services/oobm/power-many.ts';
import { readInventory } from '../services/oobm/read-inventory.ts';
import { setMaintenance, setQuarantine } from '../services/oobm/set-aside.ts';
import { verifySut, type Verifying } from '../services/oobm/verify-sut.ts';
import { listEvents } from '../services/oobm/list-events.ts';

export interface SutOperations {
  oobm: OobmServices;
  watch: MachineWatch;
  media: LibraryMedia;
}

/** ms between two readings while somebody looks. */
const READ_EVERY = 2000;

export function sutOperationsPart(services: SutOperations) {
  const procedures = sutProcedures();
  const now = () => services.oobm.suts.clock.now();
  const answered = <T extends Answered>({ provider, tookMs, attempts }: T): Pick<T, keyof Answered> & { at: number } => ({
    provider,
    tookMs,
    attempts,
    at: now(),
  });
  return { ...readings(services, procedures, answered), ...deeds(services, procedures, answered) };
}

interface Answered {
  provider: unknown;
  tookMs: number;
  attempts: unknown;
}
type Stamp = <T extends Answered>(answer: T) => Pick<T, keyof Answered> & { at: number };
type Procedures = ReturnType<typeof sutProcedures>;
const sutProcedures = () => implement(harnessContract.suts).$context<ApiContext>();

/** Items that work tells on the way, in order, and what it answers; leaving cancels the work. */
async function* told<Item>(work: (tell: (item: Item) => void) => Promise<Item>): AsyncGenerator<Item, void, void> {
  const waiting: Item[] = [];
  let wake: () => void = () => undefined;
  let over = false;
  const done = work((item) => {
    waiting.push(item);
    wake();
  }).finally(() => {
    over = true;
    wake();
  });
  done.catch(() => undefined); // thrown below, unless the reader has left
  while (!over || waiting.length > 0) {
    const next = waiting.shift();
    if (next !== undefined) yield next;
    else await new Promise<void>((resolve) => (wake = resolve));
  }
  yield await done;
}

/** What changes nothing on a machine. */
function readings({ oobm, watch, media }: SutOperations, procedures: Procedures, answered: Stamp) {
  return {
    verify: procedures.verify.handler(({ input, context, signal }) =>
      iterate(signal, (leaving) =>
        told<VerifyEvent>(async (tell) => {
          const onCheck: Verifying['onCheck'] = (check) => tell({ type: 'checked', check });
          const sut = await verifySut(oobm, { id: input.id, caller: context.caller, signal: leaving, onCheck });
          return { type: 'done', sut };
        }),
      ),
    ),
    discover: procedures.discover.handler(({ input, signal }) =>
      iterate(signal, (leaving) =>
        told<DiscoverEvent>(async (tell) => {
          const found = await discoverMachines(oobm, input, {
            signal: leaving,
            onFound: (machine) => tell({ type: 'found', machine }),
            onProgress: (progress) => tell({ type: 'progress', ...progress }),
          });
          return { type: 'done', ...found };
        }),
      ),
    ),
    inspect: procedures.inspect.handler(({ input, signal }) => inspectAddress(oobm, input, signal)),
    powerStatus: procedures.powerStatus.handler(async ({ input, signal }) => {
      const answer = await readMachine(oobm, { id: input.id, capability: 'power' }, signal);
      watch.soon(input.id);
      return { ...answer.value, ...answered(answer) };
    }),
    drives: procedures.drives.handler(async ({ input, signal }) => {
      const answer = await readMachine(oobm, { id: input.id, capability: 'virtualMedia' }, signal);
      return { drives: media.name(input.id, answer.value), ...answered(answer) };
    }),
    sensors: procedures.sensors.handler(async ({ input, signal }) => {
      const answer = await readMachine(oobm, { id: input.id, capability: 'sensors' }, signal);
      return { sensors: answer.value, ...answered(answer) };
    }),
    watchSensors: procedures.watchSensors.handler(({ input, signal }) =>
      iterate(signal, (leaving) => sensorReadings({ oobm, watch }, input.id, leaving)),
    ),
    eventLog: procedures.eventLog.handler(async ({ input, signal }) => {
      const answer = await readMachine(oobm, { id: input.id, capability: 'sel' }, signal);
      return { ...answer.value, ...answered(answer) };
    }),
    inventory: procedures.inventory.handler(({ input, signal }) => readInventory(oobm, input.id, signal)),
    events: procedures.events.handler(({ input: { id, before, limit } }) => listEvents(oobm.suts, { sutId: id, before, limit })),
  };
}

/** What changes a machine, or what is kept of it. */
function deeds({ oobm, watch, media }: SutOperations, procedures: Procedures, answered: Stamp) {
  return {
    power: procedures.power.handler(async ({ input, context }) => {
      const answer = await powerSut(oobm, input, context.caller);
      watch.soon(input.id);
      return answered(answer);
    }),
    powerMany: procedures.powerMany.handler(async ({ input, context }) => {
      const outcomes = await powerMany(oobm, input, context.caller);
      for (const { id } of outcomes) watch.soon(id);
      return outcomes;
    }),
    bootDevice: procedures.bootDevice.handler(async ({ input, context }) => {
      const { id, device, lasting, reason, confirmed } = input;
      const what = device === 'none' ? 'boot device: own order' : `boot from ${device} ${lasting}`;
      const args = { device, lasting };
      return answered(
        await operate(oobm, { id, capability: 'bootDevice', action: 'set', args, what, why: reason, confirmed }, context.caller),
      );
    }),
    insertMedia: procedures.insertMedia.handler(async ({ input, context }) => {
      const { id, image, drive, reason, confirmed } = input;
      const args = { image, ...(drive === undefined ? {} : { drive }) };
      const command = { id, capability: 'virtualMedia', action: 'insert', args, what: 'media inserted', why: reason, confirmed } as const;
      return answered(
        await media.insert({ sutId: id, image, drive, runId: null }, (prepare) => operate(oobm, { ...command, prepare }, context.caller)),
      );
    }),
    ejectMedia: procedures.ejectMedia.handler(async ({ input, context }) => {
      const { id, drive, reason, confirmed } = input;
      const args = drive === undefined ? {} : { drive };
      const command = { id, capability: 'virtualMedia', action: 'eject', args, what: 'media ejected', why: reason, confirmed } as const;
      const answer = await operate(oobm, command, context.caller);
      media.ejected(id, drive);
      return answered(answer);
    }),
    identify: procedures.identify.handler(async ({ input, context }) => {
      const { id, on, seconds, reason, confirmed } = input;
      const args = { on, ...(seconds === undefined ? {} : { seconds }) };
      const what = on ? 'identify light on' : 'identify light off';
      return answered(
        await operate(oobm, { id, capability: 'identify', action: 'set', args, what, why: reason, confirmed }, context.caller),
      );
    }),
    clearEventLog: procedures.clearEventLog.handler(async ({ input, context }) => {
      const { id, reason, confirmed } = input;
      const command = { id, capability: 'sel', action: 'clear', args: {}, what: 'event log cleared', why: reason, confirmed } as const;
      return answered(await operate(oobm, command, context.caller));
    }),
    setMaintenance: procedures.setMaintenance.handler(({ input, context }) => setMaintenance(oobm, input, context.caller)),
    setQuarantine: procedures.setQuarantine.handler(({ input, context }) => setQuarantine(oobm, input, context.caller)),
    openDemoLab: procedures.openDemoLab.handler(({ context }) => openDemoLab(oobm.suts, context.caller)),
  };
}

/** Readings every few seconds as long as somebody looks; trouble is told, not the end. */
async function* sensorReadings(
  { oobm, watch }: Pick<SutOperations, 'oobm' | 'watch'>,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<SensorsEvent, void, void> {
  const leave = watch.look(id);
  try {
    while (!signal.aborted) {
      const at = oobm.suts.clock.now();
      try {
        const { value, provider, tookMs, attempts } = await readMachine(oobm, { id, capability: 'sensors', urgency: 'poll' }, signal);
        yield { type: 'reading', sensors: value, provider, tookMs, attempts, at };
      } catch (thrown) {
        if (signal.aborted) return;
        yield { type: 'trouble', at, message: asWorkbenchError(thrown).message };
      }
      await pause(READ_EVERY, signal);
    }
  } finally {
    leave();
  }
}

/** A stream that ends when its signal aborts or its reader leaves. */
function iterate<Item>(outer: AbortSignal | undefined, make: (signal: AbortSignal) => AsyncGenerator<Item, void, void>) {
  const left = new AbortController();
  const items = make(outer === undefined ? left.signal : AbortSignal.any([left.signal, outer]));
  return new AsyncIteratorClass<Item, void, void>(
    () => items.next(),
    async () => {
      left.abort();
      await items.return();
    },
  );
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
