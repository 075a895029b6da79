import { implement } from '@orpc/server';
import { runAccessContract } from '../../src-shared/contract/run-access.ts';
import { toContractError } from '../../src-shared/contract/translate-errors.ts';
import type { Log } from '../log.ts';
import type { RunAccessServices, RunEntry } from '../services/run-access/run-access-services.ts';
import { needLeased, needMember } from '../services/run-access/machines-of-run.ts';
import { operateForRun, whoIs } from '../services/run-access/operate-for-run.ts';
import { keepConsoleOpen, placeInConsole, readConsole } from '../services/run-access/run-console.ts';
import { wordingOf } from './translate-errors.ts';

type Services = Omit<RunAccessServices, 'listen'>;

/** Which run asks. */
interface RunContext {
  run: RunEntry;
}

/** Served to runs only, never by the faces of people. */
export function runAccessRouter(services: Services, log: Log) {
  const procedures = translating(log);
  return procedures.router({ ...readings(services, procedures), ...deeds(services, procedures), ...consoles(services, procedures) });
}

type Procedures = ReturnType<typeof translating>;

function translating(log: Log) {
  return implement(runAccessContract)
    .$context<RunContext>()
    .use(async ({ next, path }) => {
      try {
        return await next();
      } catch (error) {
        throw toContractError(error, `run-access.${path.join('.')}`, wordingOf(log));
      }
    });
}

function readings({ machines, ...services }: Services, procedures: Procedures) {
  return {
    sut: procedures.sut.handler(({ input, context: { run } }) => {
      const { id, name } = needMember(services, run, input.sut);
      const { role, tags, information, identity, observed } = machines.find(id);
      const plain = information.filter(({ kind }) => kind !== 'secret').map(({ key, value }) => [key, value] as const);
      return {
        ...{ name, role, tags, identity, information: Object.fromEntries(plain) },
        ...{ power: observed.power.state, health: observed.health.state },
      };
    }),
    powerStatus: procedures.powerStatus.handler(async ({ input, context: { run }, signal }) => {
      const { id } = needMember(services, run, input.sut);
      const { on } = await machines.power(id, until(run, signal));
      return { on };
    }),
    sensors: procedures.sensors.handler(async ({ input, context: { run }, signal }) => {
      const { id } = needMember(services, run, input.sut);
      return { sensors: await machines.sensors(id, until(run, signal)) };
    }),
    eventLog: procedures.eventLog.handler(({ input, context: { run }, signal }) =>
      machines.eventLog(needMember(services, run, input.sut).id, until(run, signal)),
    ),
  };
}

function deeds(services: Services, procedures: Procedures) {
  return {
    power: procedures.power.handler(({ input: { action, ...asked }, context: { run } }) =>
      operateForRun(services, run, { asked, deed: { capability: 'power', action: 'set', args: { action } }, what: `power ${action}` }),
    ),
    bootDevice: procedures.bootDevice.handler(({ input: { device, lasting, ...asked }, context: { run } }) =>
      operateForRun(services, run, {
        ...{ asked, deed: { capability: 'bootDevice', action: 'set', args: { device, lasting } } },
        what: device === 'none' ? 'boot device: own order' : `boot from ${device} ${lasting}`,
      }),
    ),
    insertImage: procedures.insertImage.handler(({ input: { image, drive, ...asked }, context: { run } }) => {
      const args = { image, ...(drive === undefined ? {} : { drive }) };
      return operateForRun(services, run, { asked, deed: { capability: 'virtualMedia', action: 'insert', args }, what: 'media inserted' });
    }),
    ejectImage: procedures.ejectImage.handler(({ input: { drive, ...asked }, context: { run } }) => {
      const args = drive === undefined ? {} : { drive };
      return operateForRun(services, run, { asked, deed: { capability: 'virtualMedia', action: 'eject', args }, what: 'media ejected' });
    }),
    clearEventLog: procedures.clearEventLog.handler(({ input: asked, context: { run } }) =>
      operateForRun(services, run, { asked, deed: { capability: 'sel', action: 'clear', args: {} }, what: 'event log cleared' }),
    ),
  };
}

function consoles(services: Services, procedures: Procedures) {
  return {
    consolePlace: procedures.consolePlace.handler(({ input, context: { run } }) => {
      const { id } = needMember(services, run, input.sut);
      return placeInConsole(services, run, { sutId: id, since: input.since });
    }),
    consoleRead: procedures.consoleRead.handler(({ input, context: { run }, signal }) => {
      const { id } = needMember(services, run, input.sut);
      return readConsole(services, run, { sutId: id, place: input.place, waitMs: input.waitMs, signal: until(run, signal) });
    }),
    consoleWrite: procedures.consoleWrite.handler(async ({ input, context: { run } }) => {
      const { id } = needLeased(services, run, input.sut);
      await keepConsoleOpen(services, run, id);
      needLeased(services, run, input.sut);
      return services.consoles.typeForRun(id, input.text, whoIs(run));
    }),
  };
}

/** Until the run ends or its library leaves. */
function until(run: RunEntry, signal: AbortSignal | undefined): AbortSignal {
  return signal === undefined ? run.leaving : AbortSignal.any([run.leaving, signal]);
}
