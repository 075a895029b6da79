import { createRouterClient } from '@orpc/server';
import { startSimulatedBmc, type SimulatedBmc } from 'ipmi-js/sim';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Run } from '../src-shared/model/run.ts';
import { composeHarness } from './compose.ts';
import type { Harness } from './harness.ts';

const resources = join(import.meta.dirname, '../resources');
const PASSWORD = 'Tr0ub4-c4n4ry';
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

async function harnessOn(home: string) {
  const harness: Harness = await composeHarness({ home, face: 'headless', appVersion: '1.2.3', resources });
  let open = true;
  const close = async () => {
    if (open) await harness.close();
    open = false;
  };
  cleanups.push(close);
  return { close, client: createRouterClient(harness.router, { context: { caller: { user: 'ada', origin: 'cli' } } }) };
}
type Client = Awaited<ReturnType<typeof harnessOn>>['client'];

async function bmc(): Promise<SimulatedBmc> {
  const made = await startSimulatedBmc({ serial: 'boot', powerOn: true, users: [{ name: 'admin', password: PASSWORD }] });
  cleanups.push(() => made.stop());
  return made;
}

async function suite(client: Client, text: string): Promise<string> {
  const folder = join(mkdtempSync(join(tmpdir(), 'atn-suite-')), 'machines');
  mkdirSync(folder);
  writeFileSync(join(folder, 'machines.robot'), `*** Settings ***\nLibrary    ATN\n*** Test Cases ***\n${text}`);
  for await (const event of await client.testData.importPath({ path: folder })) if (event.type === 'done') return event.testData.id;
  throw new Error('The suite was not imported.');
}

async function ended(client: Client, id: string): Promise<Run> {
  await vi.waitFor(async () => expect((await client.runs.get({ id })).state).toBe('ended'), { timeout: 60_000, interval: 100 });
  return client.runs.get({ id });
}

async function machine(client: Client, name: string, { port, role }: { port: number; role?: 'environment' }) {
  const endpoints = [{ provider: 'ipmi' as const, address: '127.0.0.1', port, user: 'admin', password: PASSWORD }];
  return client.suts.create({ name, endpoints, ...(role === undefined ? {} : { role }) });
}

const home = () => mkdtempSync(join(tmpdir(), 'atn-access-'));
const accessFile = (at: string, id: string) => join(at, 'runs', id, 'access.json');

const USES = `Switches And Listens
    Power Off    node-1
    Power Should Be    node-1    off
    Set Boot Device    node-1    pxe
    Power On    node-1
    Wait For Console    node-1    login: $    timeout=20 s
    Write Console    node-1    root
    Wait For Console    node-1    root    timeout=20 s
    @{sensors} =    Read Sensors    node-1
    Should Not Be Empty    \${sensors}
    @{entries} =    Get SEL    node-1
    Clear SEL    node-1
    &{sut} =    Get SUT    node-1
    Should Be Equal    \${sut.role}    sut
Looks At The Environment
    Power Should Be    switch-1    on
    Read Sensors    switch-1
Is Refused
    Run Keyword And Expect Error    *node-2 is not a machine of this run*node-1*    Power Off    node-2
    Run Keyword And Expect Error    *switch-1 is part of the test environment*    Power Off    switch-1
    Run Keyword And Expect Error    *switch-1 is part of the test environment*    Write Console    switch-1    x
    Run Keyword And Expect Error    *IPMI cannot do this*    Insert Image    node-1    http://127.0.0.1/x.iso
`;

describe('the keyword library of a run', () => {
  it('does to the machines of the run what a person could, and to no other', async () => {
    const at = home();
    const { client } = await harnessOn(at);
    const [mine, other, environment] = await Promise.all([bmc(), bmc(), bmc()]);
    const { id: node } = await machine(client, 'node-1', mine);
    await machine(client, 'node-2', other);
    await machine(client, 'switch-1', { port: environment.port, role: 'environment' });
    const testDataId = await suite(client, USES);
    const [data] = await client.testData.list();
    const imports = await client.libraries.recognise({ revision: data?.newest.hash ?? '', testDataId });
    expect(imports).toMatchObject([{ name: 'ATN', state: 'robot' }]);
    const { id } = await client.runs.start({ testDataId, suts: ['node-1', 'switch-1'], name: 'Lab' });
    await vi.waitFor(() => expect(existsSync(accessFile(at, id))).toBe(true), 30_000);
    expect(statSync(accessFile(at, id)).mode & 0o077).toBe(0);
    const { url, token } = JSON.parse(readFileSync(accessFile(at, id), 'utf8')) as { url: string; token: string };
    const ask = (request: string, bearer: string, more: object = {}) =>
      fetch(`${url}/${request}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}`, ...more },
        body: JSON.stringify({ sut: 'node-1' }),
      });
    expect((await ask('sut', token)).status).toBe(200);
    expect((await ask('sut', `${token}x`)).status).toBe(401);
    expect((await ask('sut', token, { origin: 'http://evil.example' })).status).toBe(421);
    const run = await ended(client, id);
    const { failures } = await client.record.failures({ id });
    expect(failures).toEqual([]);
    expect(run).toMatchObject({ verdict: 'passed' });
    expect(other.state.chassis.powerOn).toBe(true);
    const events = await client.suts.events({ id: node });
    const deeds = events.filter(({ who }) => who === 'run Lab');
    expect(deeds.map(({ what, outcome }) => `${what} ${outcome}`).reverse()).toEqual([
      'power off done',
      'boot from pxe once done',
      'power on done',
      'event log cleared done',
      'media inserted failed',
    ]);
    expect(deeds[0]?.why).toBe(`Run ${id}, test "Is Refused"`);
    expect(existsSync(accessFile(at, id))).toBe(false);
    await expect(ask('sut', token)).rejects.toThrow('fetch failed');
    for (const file of everyFile(at)) expect([file, readFileSync(file).includes(token)]).toEqual([file, false]);
  }, 120_000);

  it('waits while the harness restarts, and goes on with the machine as it was', async () => {
    const at = home();
    const first = await harnessOn(at);
    const mine = await bmc();
    await machine(first.client, 'node-1', mine);
    const testDataId = await suite(
      first.client,
      'Boots\n    Power Off    node-1\n    Wait For Console    node-1    login: $    timeout=60 s\n    Power Should Be    node-1    on\n',
    );
    const { id } = await first.client.runs.start({ testDataId, suts: ['node-1'] });
    await vi.waitFor(() => expect(mine.state.chassis.powerOn).toBe(false), 30_000);
    await first.close();
    const before = readFileSync(accessFile(at, id), 'utf8');
    const second = await harnessOn(at);
    await vi.waitFor(() => expect(readFileSync(accessFile(at, id), 'utf8')).not.toBe(before), 20_000);
    const [sut] = await second.client.suts.list();
    await vi.waitFor(async () => expect(await consoleState(second.client, sut?.id ?? '')).toBe('open'), 20_000);
    await second.client.suts.power({ id: sut?.id ?? '', action: 'on', confirmed: true });
    const run = await ended(second.client, id);
    expect((await second.client.record.failures({ id })).failures).toEqual([]);
    expect(run.verdict).toBe('passed');
  }, 120_000);
});

/** Read once: whoever reads keeps it open, and it is to be open for the run. */
async function consoleState(client: Client, sutId: string): Promise<string> {
  for await (const event of await client.consoles.attach({ sutId })) if (event.type === 'state') return event.console.state;
  return 'closed';
}

function everyFile(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name));
}
