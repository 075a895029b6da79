import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildAtn, HarnessProcess } from '../../e2e/lab/harness-process.ts';
import { freePort, program, runTool } from '../../e2e/lab/processes.ts';
import { selfInstallingLinux } from '../../e2e/lab/self-installing-linux.ts';
import { writeTinyMachine } from '../../e2e/lab/tiny-machine.ts';
import type { Run } from '../../src-shared/model/run.ts';
import { folderWith } from '../services/test-data/test-bench.ts';
import type { HarnessClient } from './command.ts';
import { connect } from './connect.ts';

const BOOT_IT = `recipe: Boot it
steps:
  - { do: power, action: off }
  - { do: insert, what: image }
  - { do: boot, device: cdrom }
  - { do: power, action: on }
  - { do: waitConsole, pattern: booted from cdrom, limit: 60 }
powerAfter: off
`;
const INSTALL = `recipe: Lab Linux
hostKey: new
failOn: [FAILED]
answers:
  label: cidata
  files:
    - { path: hostname, text: "{{ sut.name }}" }
    - { path: authorized_keys, text: "{{ ssh.publicKey }}" }
steps:
  - { do: power, action: off }
  - { do: insert, what: image }
  - { do: insert, what: answers }
  - { do: boot, device: cdrom }
  - { do: power, action: on }
  - { do: waitConsole, pattern: "lab: INSTALLED", limit: 120 }
  - { do: waitPower, on: false, limit: 60 }
  - { do: eject }
  - { do: boot, device: disk }
  - { do: power, action: on }
  - { do: waitSsh, limit: 120 }
powerAfter: off
`;
/** The installer stays in the middle of its work. */
const HELD = INSTALL.replace('  files:\n', '  files:\n    - { path: hold, text: "yes" }\n');
const INSTALLING = 'Wait for “lab: INSTALLED” on the console';

const cleanups: (() => unknown)[] = [];
beforeAll(() => {
  buildAtn();
  selfInstallingLinux();
}, 300_000);
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

/** A workbench in a process of its own, with a virtual machine that can be installed. */
class Bench {
  readonly #process = new HarnessProcess();
  #leave: () => unknown = () => undefined;
  client!: HarnessClient;
  sutId = '';
  testDataId = '';

  get home(): string {
    return this.#process.home;
  }

  async open(endpoints: Parameters<HarnessClient['suts']['create']>[0]['endpoints']): Promise<void> {
    await this.start();
    cleanups.push(async () => {
      await this.client.suts.power({ id: this.sutId, action: 'off', confirmed: true }).catch(() => undefined);
      this.#leave();
      await this.#process.leave();
    });
    await this.client.system.updateSettings({ imagesFromPrivateHosts: true });
    this.sutId = (await this.client.suts.create({ name: 'virtual-1', ...(endpoints === undefined ? {} : { endpoints }) })).id;
    const folder = folderWith({
      ...{ 'smoke.robot': '*** Test Cases ***\nReal\n    Log    hello\n' },
      ...{ 'boot.recipe.yaml': BOOT_IT, 'install.recipe.yaml': INSTALL, 'held.recipe.yaml': HELD },
    });
    for await (const event of await this.client.testData.importPath({ path: folder }))
      if (event.type === 'done') this.testDataId = event.testData.id;
  }

  async start(): Promise<void> {
    await this.#process.start();
    const { client, close } = await connect(this.home);
    this.client = client;
    this.#leave = close;
  }

  /** Killed, or asked to end; then started anew. */
  async ends(how: 'kill' | 'end'): Promise<void> {
    this.#leave();
    await this.#process[how]();
  }

  provision(wanted: Omit<Parameters<HarnessClient['runs']['provision']>[0], 'sut'>): Promise<Run> {
    return this.client.runs.provision({ sut: 'virtual-1', testDataId: this.testDataId, ...wanted });
  }

  async until(id: string, holds: (run: Run) => boolean): Promise<Run> {
    for await (const run of await this.client.runs.follow({ id })) if (holds(run)) return run;
    const run = await this.client.runs.get({ id });
    if (holds(run)) return run;
    throw new Error(`It ended before: ${JSON.stringify(run, null, 2)}`);
  }

  readonly ended = (id: string): Promise<Run> => this.until(id, ({ state }) => state === 'ended');

  /** In the middle of its installation, as its console says. */
  async installing(id: string, says: string): Promise<void> {
    await this.until(id, (run) => stepsOf(run).includes(`${INSTALLING}: running`));
    let said = '';
    for await (const event of await this.client.consoles.attach({ sutId: this.sutId })) {
      if (event.type !== 'bytes') continue;
      said += Buffer.from(event.bytes, 'base64').toString('latin1');
      if (said.includes(says)) return;
    }
  }

  async nothingIsLeft(): Promise<void> {
    const { drives } = await this.client.suts.drives({ id: this.sutId });
    expect(drives.filter(({ inserted }) => inserted)).toEqual([]);
    expect(await this.client.suts.get({ id: this.sutId })).toMatchObject({ inUse: null, reservedBy: null, quarantine: null });
    expect((await this.client.suts.powerStatus({ id: this.sutId })).on).toBe(false);
    expect(await this.client.serving.list()).toEqual([]);
  }

  async deeds(): Promise<string[]> {
    const events = await this.client.suts.events({ id: this.sutId });
    return events.map(({ what }) => what).filter((what) => /power|insert|boot|eject/iu.test(what));
  }
}

const stepsOf = ({ provisioning }: Run) => provisioning?.suts[0]?.steps.map(({ what, state }) => `${what}: ${state}`) ?? [];

describe('a workbench that is killed while it fetches the image of a run', { timeout: 120_000 }, () => {
  const HALF = 1_000_000;

  /** Says what it was asked for; the first answer stays in the middle. */
  async function mirror() {
    const folder = mkdtempSync(join(tmpdir(), 'atn-mirror-'));
    const bytes = Buffer.concat([readFileSync(writeTinyMachine(folder).iso), randomBytes(2 * HALF)]);
    const asked: (string | undefined)[] = [];
    let later = (request: IncomingMessage, response: ServerResponse): unknown => {
      const from = Number(/bytes=(\d+)-/u.exec(request.headers.range ?? '')?.[1] ?? 0);
      const headers = { etag: '"one"', 'content-length': bytes.length - from };
      return response
        .writeHead(from > 0 ? 206 : 200, { ...headers, 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` })
        .end(bytes.subarray(from));
    };
    const server = createServer((request, response) => {
      asked.push(request.headers.range);
      if (asked.length > 1) return void later(request, response);
      response.writeHead(200, { etag: '"one"', 'content-length': bytes.length });
      response.write(bytes.subarray(0, HALF));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    cleanups.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return {
      ...{ asked, sha256: createHash('sha256').update(bytes).digest('hex') },
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/rescue.iso`,
      answersLater: (answer: typeof later) => {
        later = answer;
      },
    };
  }

  async function killedInTheMiddle() {
    const [bench, source] = [new Bench(), await mirror()];
    await bench.open([{ provider: 'qemu', diskGib: 0 }]);
    const { id } = await bench.provision({ recipe: 'boot.recipe.yaml', imageSource: { url: source.url, sha256: source.sha256 } });
    await expect.poll(async () => (await bench.client.images.list()).arrivals[0]?.done, { timeout: 30_000 }).toBe(HALF);
    await bench.ends('kill');
    return { bench, source, id };
  }

  it('goes on where it was, and only what is whole reaches the machine', async () => {
    const { bench, source, id } = await killedInTheMiddle();
    await bench.start();
    expect(await bench.ended(id)).toMatchObject({ verdict: 'passed', failure: null });
    expect(source.asked).toEqual([undefined, `bytes=${HALF}-`]);
    const { images, arrivals } = await bench.client.images.list();
    expect([images.map(({ sha256 }) => sha256), arrivals]).toEqual([[source.sha256], []]);
    await bench.nothingIsLeft();
  });

  it('ends the run with the reason when the source has something else by then, keeps none of it and touches no machine', async () => {
    const { bench, source, id } = await killedInTheMiddle();
    source.answersLater((_request, response) => response.writeHead(200, { etag: '"two"' }).end(randomBytes(HALF)));
    await bench.start();
    const run = await bench.ended(id);
    expect(run).toMatchObject({ verdict: 'error', cause: 'infrastructure', failure: { code: 'PROVISIONING_FAILED' } });
    expect(run.failure?.message).toContain('not the image that was expected');
    expect(run.provisioning?.suts).toEqual([]);
    expect((await bench.client.images.list()).images).toEqual([]);
    const lying = readdirSync(join(bench.home, 'images'), { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
    expect(lying.map(({ name }) => name)).toEqual([]);
    expect(await bench.deeds()).toEqual([]);
    await bench.nothingIsLeft();
  });
});

describe('a workbench that ends in the middle of an installation', { timeout: 240_000 }, () => {
  async function bench() {
    const made = new Bench();
    const key = join(mkdtempSync(join(tmpdir(), 'atn-key-')), 'key');
    runTool(program('ssh-keygen', 'openssh-client'), ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
    const password = readFileSync(key, 'utf8');
    await made.open([
      { provider: 'qemu', memoryMib: 192, diskGib: 1 },
      { provider: 'ssh', address: '127.0.0.1', port: await freePort(), user: 'root', password },
    ]);
    for await (const event of await made.client.images.importFile({ path: selfInstallingLinux(), name: 'lab-linux' }))
      if (event.type === 'done') break;
    return made;
  }

  it.each([
    ['is killed', 'kill'],
    ['is asked to end', 'end'],
  ] as const)('because it %s installs it anew by itself, and the machine answers by SSH', async (_what, how) => {
    const lab = await bench();
    const { id } = await lab.provision({ recipe: 'install.recipe.yaml', image: 'lab-linux' });
    await lab.installing(id, 'lab: up');
    await lab.ends(how);
    await lab.start();
    const run = await lab.ended(id);
    expect(run).toMatchObject({ verdict: 'passed', failure: null, provisioning: { suts: [{ state: 'done' }] } });
    expect(run.provisioning?.suts[0]?.note).toContain('Begun anew, because the workbench ended');
    expect(await lab.client.provisioning.installed({ sutId: lab.sutId })).toMatchObject({ runId: id });
    await lab.nothingIsLeft();
  });

  it('for the second time gives up with the reason, the machine off and its drives empty', async () => {
    const lab = await bench();
    const { id } = await lab.provision({ recipe: 'held.recipe.yaml', image: 'lab-linux' });
    for (const how of ['end', 'kill'] as const) {
      await lab.installing(id, 'lab: holding');
      await lab.ends(how);
      await lab.start();
    }
    const run = await lab.ended(id);
    expect(run).toMatchObject({ verdict: 'error', cause: 'infrastructure', failure: { code: 'PROVISIONING_FAILED' } });
    expect(run.failure?.message).toContain('The workbench ended twice while the machine read from it');
    expect(stepsOf(run)).toEqual(expect.arrayContaining(['Power off: done', 'Eject the image: done', 'Restore the boot order: done']));
    expect(await lab.client.provisioning.installed({ sutId: lab.sutId })).toBe(null);
    await lab.nothingIsLeft();
  });
});
