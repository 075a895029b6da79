import { put, type ContentStore } from '@atn/content-store';
import type { Part } from './api/part.ts';
import { provisioningPart } from './api/provisioning.ts';
import type { Changes } from './changes.ts';
import type { Clock } from './clock.ts';
import type { Asked, Action } from './drivers/capabilities.ts';
import { WorkbenchError } from './errors.ts';
import { joinTimeline } from './join-timeline.ts';
import type { Log } from './log.ts';
import { newId } from './new-id.ts';
import type { ConsoleBroker } from './services/consoles/console-broker.ts';
import { inspectAddress } from './services/oobm/inspect-address.ts';
import { operate, readMachine } from './services/oobm/operate.ts';
import type { OobmServices } from './services/oobm/oobm-services.ts';
import { recordEvent } from './services/oobm/record-event.ts';
import { resolveEndpoints } from './services/oobm/resolve-endpoints.ts';
import { quarantine } from './services/oobm/set-aside.ts';
import { bindProvisioning, examineProvisioning } from './services/provisioning/bind-provisioning.ts';
import { makeReady, provisionRun } from './services/provisioning/provision-run.ts';
import type { Actor, Deed, ProvisioningServices } from './services/provisioning/provisioning-services.ts';
import { createRecipeServices } from './services/provisioning/recipe-services.ts';
import { StayingMedia } from './services/provisioning/staying-media.ts';
import { forgetAnswers, switchesOffKept, tearDownRun } from './services/provisioning/tear-down.ts';
import type { RunProvisioning, RunServices } from './services/runs/run-services.ts';
import { sutInformation } from './services/suts/sut-information.ts';
import { needSut } from './services/suts/sut-services.ts';
import { listRevisionFiles, readContent, readText } from './services/test-data/read-revision.ts';
import type { WritableStore } from './store/handle.ts';
import { findFence } from './store/fences.ts';
import { saveSut, type SutRow } from './store/suts.ts';
import { findTestData } from './store/test-data.ts';

interface Joined {
  store: WritableStore;
  changes: Changes;
  clock: Clock;
  log: Log;
  content: ContentStore;
  runsFolder: string;
  oobm: OobmServices;
  consoles: ConsoleBroker;
  images: ProvisioningServices['images'];
  serve: ProvisioningServices['serve'];
  serveProblem: ProvisioningServices['serveProblem'];
  keepMedia: ProvisioningServices['keepMedia'];
}

/** ms between two looks at a machine that is waited for. */
const PACE_MS = 1000;

/** Provisioning over the same machines, consoles and images that people use. */
export function joinProvisioning(joined: Joined): {
  parts: { provisioning: Part<'provisioning'>; timeline: Part<'timeline'> };
  /** Resolves when what the machines of an ended run said is in its report. */
  timelineWritten: (runId: string) => Promise<void>;
  close: () => Promise<void>;
  forRuns: { provisioning: RunProvisioning; provisioningReasons: RunServices['provisioningReasons'] };
} {
  const { content, oobm, consoles } = joined;
  const { suts } = oobm;
  const timeline = joinTimeline(joined);
  const services: ProvisioningServices = {
    ...joined,
    paceMs: PACE_MS,
    content: {
      put: async (text) => (await put(content, Buffer.from(text))).sha256,
      read: async (sha256) => (await readContent(content, sha256)).toString('utf8'),
    },
    revision: { files: (revision) => listRevisionFiles(content, revision), text: (file) => readText(content, file) },
    machines: machinesOf(oobm),
    consoles: {
      attach: (sutId) => consoles.attach(sutId),
      isOpen: (sutId) => consoles.isOpen(sutId),
      live: (sutId) => {
        const { recording } = consoles.state(sutId);
        return recording === null ? null : { recordingId: recording.id, size: recording.size };
      },
      bytes: (sutId, recordingId, piece) => consoles.bytes(sutId, recordingId, piece),
    },
    secretsOf: async (sut) => (await sutInformation(suts, [sut])).secrets[sut.name] ?? {},
    privateKeyOf: async ({ endpoints }) => {
      const secret = endpoints.find(({ provider }) => provider === 'ssh')?.secret ?? null;
      const value = secret === null ? '' : await suts.secrets.reveal(secret);
      return value.startsWith('-----BEGIN ') ? value : null;
    },
    staying: new StayingMedia(),
    quarantine: (id, evidence) => void quarantine(oobm, { id, evidence, by: 'the harness' }),
  };
  forgetAnswers(services, joined.runsFolder).catch((error: unknown) =>
    joined.log.error('answers of machines that are kept could not be removed', error),
  );
  return {
    parts: {
      provisioning: provisioningPart(createRecipeServices(services, (id) => findTestData(joined.store, id)?.newest.hash)),
      timeline: timeline.part,
    },
    timelineWritten: timeline.written,
    close: timeline.close,
    forRuns: {
      provisioningReasons: async (wish) => (await examineProvisioning(services, wish)).reasons,
      provisioning: {
        bind: (wish) => bindProvisioning(services, wish),
        ready: (binding, options) => makeReady(services, binding, options),
        provision: (task) => provisionRun(services, task),
        tearDown: (task) => tearDownRun(services, task),
        switchesOffKept: (task) => switchesOffKept(services, task),
      },
    },
  };
}

function machinesOf(oobm: OobmServices): ProvisioningServices['machines'] {
  const { suts, jobs } = oobm;
  return {
    change: async (deed, actor) => (actor.quiet === true ? quietly(oobm, deed, actor) : inHistory(oobm, deed, actor)),
    isOn: async (sutId, signal) => (await readMachine(oobm, { id: sutId, capability: 'power' }, signal)).value.on,
    drives: async (sutId, signal) => (await readMachine(oobm, { id: sutId, capability: 'virtualMedia' }, signal)).value,
    hostKey: async ({ name, endpoints }, signal) => {
      const ssh = endpoints.find(({ provider }) => provider === 'ssh');
      if (ssh === undefined) throw new WorkbenchError('OOBM_UNSUPPORTED', `${name} has no SSH endpoint.`);
      const { fingerprint } = await inspectAddress(oobm, { provider: 'ssh', address: ssh.address, port: ssh.port }, signal);
      if (fingerprint === null) throw new WorkbenchError('OOBM_UNREACHABLE', `${name} shows no host key.`);
      return fingerprint;
    },
    acceptHostKey: ({ id }, fingerprint, { who }) => {
      const sut = needSut(suts, id);
      if (sut.endpoints.every(({ provider, pin }) => provider !== 'ssh' || pin === fingerprint)) return;
      const endpoints = sut.endpoints.map((each) => (each.provider === 'ssh' ? { ...each, pin: fingerprint } : each));
      saveSut(suts.store, { ...sut, endpoints });
      recordEvent(suts, { sutId: id, who, what: 'new host key accepted', why: 'The recipe announced it.', message: fingerprint });
      suts.changes.emit('suts:changed', { ids: [id], removed: [] });
    },
    forgive: ({ id }) => {
      void resolveEndpoints(oobm, needSut(suts, id)).then((endpoints) => {
        for (const endpoint of endpoints) if (endpoint.provider === 'ssh') jobs.forgive(id, endpoint);
      });
    },
  };
}

async function inHistory<C extends Asked, A extends Action<C>>(oobm: OobmServices, deed: Deed<C, A>, { who, fence }: Actor) {
  const { sutId: id, capability, action, args, what, limit } = deed;
  const by = fence === null ? ({ byRule: true } as const) : { run: { fence, eventId: newId(oobm.suts.clock.now()) } };
  return (await operate(oobm, { id, capability, action, args, what, limit, ...by }, { user: who, origin: 'rest' })).value;
}

/** What is asked every second for minutes would fill the history of the machine. */
async function quietly<C extends Asked, A extends Action<C>>(oobm: OobmServices, deed: Deed<C, A>, { fence }: Actor) {
  const sut: SutRow = needSut(oobm.suts, deed.sutId);
  const inForce = findFence(oobm.suts.store, sut.id).token || null;
  const { capability, action, args } = deed;
  const call = {
    sut: { id: sut.id, name: sut.name },
    endpoints: await resolveEndpoints(oobm, sut),
    capability,
    action,
    args,
  };
  return (await oobm.jobs.perform({ ...call, fence: fence ?? inForce })).value;
}
