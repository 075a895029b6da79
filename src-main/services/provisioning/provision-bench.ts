import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProvisioningChoice } from '../../../src-shared/model/recipe.ts';
import { Changes } from '../../changes.ts';
import { WorkbenchError } from '../../errors.ts';
import type { WritableStore } from '../../store/handle.ts';
import { insertRun } from '../../store/runs.ts';
import { openStore } from '../../store/open.ts';
import { findSut, saveSut } from '../../store/suts.ts';
import { bindProvisioning } from './bind-provisioning.ts';
import { provisionRun, type RunTask } from './provision-run.ts';
import type { Deed, ProvisioningServices } from './provisioning-services.ts';
import { StayingMedia } from './staying-media.ts';
import { tearDownRun } from './tear-down.ts';

/** What goes wrong with one command: before the machine did it, or after, when nobody hears of it. */
export interface Fault {
  /** Which command, counted from 0; those of the tear-down are counted on. */
  at: number;
  error: () => WorkbenchError;
  afterwards: boolean;
  /** How often in a row. */
  times: number;
}

/** Installs by virtual media, as most recipes do. */
export const RECIPE = `recipe: Install
hostKey: new
failOn: [Kernel panic]
answers:
  label: cidata
  files: [{ path: user-data, text: "#cloud-config\\nhostname: {{ sut.name }}" }]
steps:
  - { do: power, action: off }
  - { do: insert, what: image, tries: 2 }
  - { do: insert, what: answers, drive: second, tries: 2 }
  - { do: boot, device: cdrom, tries: 2 }
  - { do: power, action: on }
  - { do: waitPower, on: false, limit: 0.15 }
  - { do: eject, tries: 2 }
  - { do: boot, device: disk }
  - { do: power, action: on }
  - { do: waitSsh, limit: 0.15 }
  - { do: ssh, command: /usr/bin/check }
`;

/** Provisioning on a real store against a machine made up here, whose commands can be made to fail. */
export async function provisionBench(fault: Fault | null = null, recipe = RECIPE) {
  const home = mkdtempSync(join(tmpdir(), 'atn-provisioning-'));
  const opened = openStore({ file: join(home, 'harness.db'), backups: join(home, 'backups'), now: Date.now() });
  const store = opened.write;
  const machine = { on: true, media: new Map<string, string>(), boot: 'none', installed: false, commands: [] as string[] };
  const served = new Set<string>();
  const quarantined: string[] = [];
  const kept: Parameters<ProvisioningServices['keepMedia']>[0][] = [];
  const contents = new Map<string, string>();
  const { failing, sent } = faulty(fault);
  const clock = { now: () => Date.now(), doubt: () => null, trust: () => undefined };
  const services: ProvisioningServices = {
    ...{ store, clock, changes: new Changes(), log: { info: () => undefined, warn: () => undefined, error: () => undefined } },
    paceMs: 1,
    content: {
      put: (text) => Promise.resolve((contents.set('c'.repeat(64), text), 'c'.repeat(64))),
      read: (sha256) => Promise.resolve(contents.get(sha256) ?? ''),
    },
    revision: {
      files: () => Promise.resolve([{ path: 'i.recipe.yaml', size: recipe.length, sha256: 'd'.repeat(64) }]),
      text: () => Promise.resolve(recipe),
    },
    images: {
      find: (name) => ({ name, sha256: 'a'.repeat(64), size: 1, kind: 'iso' }),
      foresee: ({ url }) => ({ name: url, problem: null }),
      fetch: () => Promise.reject(new Error('It is there already.')),
      verified: () => Promise.resolve('/images/a'),
      bootFiles: () => Promise.resolve({ kernel: { name: 'kernel', offset: 512, length: 1 }, initrds: [] }),
    },
    machines: machinesOf(machine, failing),
    consoles: NO_CONSOLES,
    serve: ({ name }) => {
      served.add(name);
      const revoke = () => Promise.resolve(void served.delete(name));
      return Promise.resolve({ url: `http://harness/${name}`, fetched: () => 100, revoke });
    },
    secretsOf: () => Promise.resolve({}),
    privateKeyOf: () => Promise.resolve(null),
    serveProblem: () => Promise.resolve(null),
    staying: new StayingMedia(),
    keepMedia: (media) => void kept.push(media),
    quarantine: (_sutId, evidence) => void quarantined.push(evidence),
  };
  addSut(store);
  const sut = findSut(store, 'sut');
  if (sut === undefined) throw new Error('the SUT was not kept');
  const choice = ProvisioningChoice.parse({ image: 'debian', recipe: 'i.recipe.yaml' });
  const binding = await bindProvisioning(services, { choice, revision: 'e'.repeat(64), suts: [sut] });
  if (binding === null) throw new Error('the recipe was not bound');
  const newRun = (id: string) => ({ id, number: writeRun(store, id), name: 'install', folder: join(home, id) });
  const cancel = new AbortController();
  const leaving = new AbortController();
  return {
    ...{ services, store, machine, served, quarantined, kept, newRun },
    stop: () => cancel.abort(),
    leave: () => leaving.abort(),
    commandsSent: sent,
    close: () => {
      opened.close();
      rmSync(home, { recursive: true, force: true });
    },
    provision: (
      run: ReturnType<typeof newRun>,
      until: Pick<RunTask, 'cancel' | 'leaving'> = { cancel: cancel.signal, leaving: leaving.signal },
    ) =>
      provisionRun(services, {
        run,
        binding,
        ...{ suts: [sut], suites: NO_SUITES },
        ...until,
        onNote: () => undefined,
        onChange: () => undefined,
      }),
    tearDown: (run: ReturnType<typeof newRun>, keep = false) =>
      tearDownRun(services, { run, binding, executed: true, keep, leaving: new AbortController().signal, onNote: () => undefined }),
  };
}

type MadeUp = { on: boolean; media: Map<string, string>; boot: string; installed: boolean; commands: string[] };

function machinesOf(machine: MadeUp, failing: <T>(work: () => T) => T): ProvisioningServices['machines'] {
  return {
    change: (deed) => {
      machine.commands.push(deed.what);
      return Promise.resolve().then(() => failing(() => act(machine, deed as unknown as Deed) as never));
    },
    isOn: () =>
      Promise.resolve().then(() => {
        const { on } = machine;
        // The installer has what it needs: seen on once, it has installed and switched the machine off.
        if (on && machine.boot === 'cdrom' && machine.media.size === 2)
          Object.assign(machine, { on: false, installed: true, boot: 'none' });
        return on;
      }),
    drives: () => Promise.resolve([]),
    hostKey: () => Promise.resolve('SHA256:new'),
    acceptHostKey: () => undefined,
    forgive: () => undefined,
  };
}

const NO_CONSOLES: ProvisioningServices['consoles'] = {
  attach: () => () => undefined,
  isOpen: () => true,
  live: () => null,
  bytes: () => Buffer.alloc(0),
};

const NO_SUITES: RunTask['suites'] = {
  run: () => Promise.reject(new Error('There are none.')),
  goOn: () => Promise.resolve(null),
  end: () => Promise.resolve(),
};

/** Lets commands fail as the fault says, and counts them. */
function faulty(fault: Fault | null) {
  let count = 0;
  const failing = <T>(work: () => T): T => {
    const index = count++;
    const hit = fault !== null && index >= fault.at && index < fault.at + fault.times;
    if (hit && !fault.afterwards) throw fault.error();
    const value = work();
    if (hit) throw fault.error();
    return value;
  };
  return { failing, sent: () => count };
}

function addSut(store: WritableStore): void {
  const at = { address: '192.0.2.10', port: null, user: 'root', pin: null, memoryMib: null, diskGib: null, commands: {}, secret: null };
  const endpoints = [
    { id: 'r', provider: 'redfish', ...at },
    { id: 's', provider: 'ssh', ...at },
  ] as const;
  const facts = { information: [], tags: [], maintainedBy: 'lab', parentId: null, createdAt: 1, changedAt: 1 };
  saveSut(store, { id: 'sut', name: 'node-1', role: 'sut', endpoints: [...endpoints], ...facts });
}

function writeRun(store: WritableStore, id: string): number {
  const request = { selection: { include: [], exclude: [], suites: [], tests: [] }, failedOnly: false };
  const options = { variables: [], timeLimitMs: null, silenceLimitMs: null, robotOptions: [], priority: 0 };
  return insertRun(store, {
    ...{ id, requestKey: null, name: 'install', testDataId: null, revision: 'e'.repeat(64), suts: [], sutNames: [], sutsSha256: null },
    ...{ condition: null, startedBy: 'ada', rerunOf: null, request: { ...request, options }, total: 0, createdAt: 1, expectedMs: null },
  });
}

/** As a BMC and the system behind it would. */
function act(
  machine: { on: boolean; media: Map<string, string>; boot: string; installed: boolean },
  { capability, action, args }: Deed,
): unknown {
  const given = args as Record<string, string | undefined>;
  if (capability === 'power') machine.on = given['action'] === 'on';
  else if (capability === 'bootDevice') machine.boot = given['device'] ?? 'none';
  else if (capability === 'virtualMedia' && action === 'insert') machine.media.set(given['drive'] ?? 'first', given['image'] ?? '');
  else if (capability === 'virtualMedia') machine.media.clear();
  else if (capability === 'shell') {
    if (!machine.on || !machine.installed) throw new WorkbenchError('OOBM_UNREACHABLE', 'Nothing answers.');
    return { exitCode: 0, signal: null, stdout: 'fine', stderr: '', cut: false };
  }
  return null;
}
