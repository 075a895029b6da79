import { createRouterClient } from '@orpc/server';
import { startSimulatedBmc } from 'ipmi-js/sim';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { DoctorCheck } from '../src-shared/model/doctor.ts';
import { composeHarness } from './compose.ts';
import { openStore } from './store/open.ts';

const resources = join(import.meta.dirname, '../resources');
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

const [PERMISSIONS, PORTS, MACHINES, HUB, STORE, CONTENTS, LEFTOVERS, PROCESSES] = [13, 15, 16, 17, 18, 19, 20, 21];

async function harness(home = mkdtempSync(join(tmpdir(), 'atn-doctor-'))) {
  const made = await composeHarness({ home, face: 'headless', appVersion: '1.2.3', resources });
  cleanups.push(() => made.close());
  const client = createRouterClient(made.router, { context: { caller: { user: 'ada', origin: 'cli' } } });
  const find = async (number: number, thorough = false): Promise<DoctorCheck> => {
    for await (const news of await client.system.examine({ thorough }))
      if (news.type === 'found' && news.check.number === number) return news.check;
    throw new Error(`There is no check ${number}.`);
  };
  const repair = async ({ number, remedy }: DoctorCheck) => {
    for await (const event of await client.system.repair({ number, mark: remedy?.mark ?? '' })) if (event.type === 'done') return event;
    throw new Error('The repair has no end.');
  };
  return { home, client, find, repair };
}

/** A process of somebody else, ended with the test. */
async function stranger(program: string, ...args: string[]): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  cleanups.push(() => child.kill('SIGKILL'));
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, said: said.toString().trim() };
}

describe('the doctor of a home', () => {
  it('finds nothing to repair on a fresh one, tells while it looks, and can be left', async () => {
    const { client } = await harness();
    const told: string[] = [];
    let checks: DoctorCheck[] = [];
    for await (const news of await client.system.examine({ thorough: true })) {
      told.push(news.type);
      if (news.type === 'done') checks = news.checks;
    }
    expect([told[0], told.at(-1)]).toEqual(['begun', 'done']);
    expect(told.filter((type) => type === 'found')).toHaveLength(checks.length);
    expect(told).toContain('looking');
    expect(checks.filter(({ outcome }) => outcome === 'broken')).toEqual([]);
    expect(checks.find(({ number }) => number === HUB)?.detail).toContain('enrolled at no hub');
    const left = await client.system.examine({ thorough: true });
    await left.next();
    await left.return(undefined);
    await expect(client.system.repair({ number: 99, mark: '' }).then((events) => events.next())).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it.skipIf(process.platform === 'win32')('closes a home that others can read, and only by the repair that was read', async () => {
    const { home, client, find, repair } = await harness();
    chmodSync(home, 0o755);
    const found = await find(PERMISSIONS);
    expect(found).toMatchObject({ outcome: 'warning', remedy: { hurts: null, does: expect.stringContaining('700') as string } });
    const other = await client.system.repair({ number: PERMISSIONS, mark: 'read something else' });
    await expect(other.next()).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(statSync(home).mode & 0o777).toBe(0o755);
    expect(await repair(found)).toMatchObject({ check: { number: PERMISSIONS, outcome: 'fine', remedy: null } });
    expect(statSync(home).mode & 0o777).toBe(0o700);
  });

  it('finds a file that the disk changed, says whom it hurts, and sets it aside so that an import heals it', async () => {
    const { home, client, find, repair } = await harness();
    const folder = mkdtempSync(join(tmpdir(), 'atn-suites-'));
    writeFileSync(join(folder, 'one.robot'), '*** Test Cases ***\nOne\n    Log    canary of the doctor\n');
    const bring = async () => {
      for await (const event of await client.testData.importPath({ path: folder, name: 'Fans' })) if (event.type === 'done') return event;
      throw new Error('The import has no end.');
    };
    const { testData } = await bring();
    const file = (await client.testData.files({ revision: testData.newest.hash })).find(({ path }) => path === 'one.robot');
    const path = join(home, 'content', file?.sha256.slice(0, 2) ?? '', file?.sha256.slice(2) ?? '');
    chmodSync(path, 0o600);
    writeFileSync(path, '*** Test Cases ***\nOne\n    Log    cXnary of the doctor\n');
    const found = await find(CONTENTS, true);
    expect(found).toMatchObject({
      outcome: 'broken',
      lines: [{ text: path }],
      remedy: { hurts: expect.stringContaining('Fans') as string },
    });
    await repair(found);
    expect(existsSync(path)).toBe(false);
    expect(await find(CONTENTS, true)).toMatchObject({ outcome: 'fine' });
    await bring();
    expect(existsSync(path)).toBe(true);
  });

  it('finds rows that refer to nothing, and what no run knows', async () => {
    const { home, find, repair } = await harness();
    const other = openStore({ file: join(home, 'harness.db'), backups: join(home, 'backups'), now: 1 });
    other.write.pragma('foreign_keys = OFF');
    other.write.prepare("INSERT INTO hub_shared_sut (sut_id) VALUES ('gone')").run();
    other.close();
    expect(await find(STORE)).toMatchObject({
      outcome: 'broken',
      lines: [{ text: '1 rows of hub_shared_sut refer to a sut that is not there.' }],
      repair: expect.stringContaining('copy of the whole home') as string,
    });
    const lost = join(home, 'runs', 'a-run-nobody-knows');
    mkdirSync(lost);
    writeFileSync(join(lost, 'output.xml'), '<robot/>');
    const orphan = join(home, 'content', 'ab', 'c'.repeat(62));
    mkdirSync(join(home, 'content', 'ab'), { recursive: true });
    writeFileSync(orphan, 'left over');
    const young = await find(LEFTOVERS);
    expect(young.outcome).toBe('fine'); // it may be an import that goes on
    const yesterday = Date.now() / 1000 - 86_400;
    for (const path of [lost, orphan]) utimesSync(path, yesterday, yesterday);
    const found = await find(LEFTOVERS);
    expect(found).toMatchObject({ outcome: 'warning', lines: [{ text: lost }, { text: orphan }] });
    expect(found.remedy?.hurts).toContain('report of a run');
    expect(await repair(found)).toMatchObject({ check: { outcome: 'fine' } });
    expect(readdirSync(join(home, 'set-aside')).sort()).toEqual([`file-ab${'c'.repeat(62)}`, 'run-a-run-nobody-knows']);
  });
});

describe('the doctor of a lab', () => {
  it('names each machine that does not answer, with its page, and waits for none of them', async () => {
    const { client, find } = await harness();
    const users = [{ name: 'admin', password: 'seven green bicycles' }];
    const [up, down] = [await startSimulatedBmc({ users }), await startSimulatedBmc({ users })];
    cleanups.push(() => up.stop());
    const at = ({ port }: { port: number }) => [
      { provider: 'ipmi' as const, address: '127.0.0.1', port, user: 'admin', password: 'seven green bicycles' },
    ];
    await client.suts.create({ name: 'node-1', endpoints: at(up) });
    const { id } = await client.suts.create({ name: 'node-2', endpoints: at(down) });
    await down.stop();
    const found = await find(MACHINES);
    expect(found).toMatchObject({ outcome: 'warning', detail: '1 of 2 answer', lines: [{ place: { page: 'sut', id } }] });
    expect(found.lines[0]?.text).toContain('node-2');
    expect(JSON.stringify(found)).not.toContain('bicycles');
    await client.suts.setMaintenance({ id, reason: 'new fan' });
    expect(await find(MACHINES)).toMatchObject({ outcome: 'fine', detail: '1 of 1 answer; 1 in maintenance not asked' });
  }, 60_000);

  it('says who holds a port that machines are told, and takes another', async () => {
    const { client, find, repair } = await harness();
    const taking = "const s=require('net').createServer().listen(0,()=>console.log(s.address().port))";
    const { child, said } = await stranger(process.execPath, '-e', taking);
    await client.system.updateSettings({ servingPort: Number(said), bootPort: 0 });
    const found = await find(PORTS);
    expect(found).toMatchObject({ outcome: 'warning', remedy: { hurts: expect.stringContaining('firewall') as string } });
    if (process.platform === 'linux') expect(found.lines[0]?.text).toContain(`held by process ${child.pid ?? 0} (`);
    await repair(found);
    expect((await client.system.settings()).servingPort).toBe(0);
    expect(await find(PORTS)).toMatchObject({ outcome: 'fine' });
  });

  it.skipIf(process.platform !== 'linux')('ends what runs on of a run that is over, and nothing else', async () => {
    const { home, find, repair } = await harness();
    const waiting = "console.log('here'); setInterval(() => {}, 1000)";
    const { child } = await stranger(process.execPath, '-e', waiting, '--', 'supervisor.py', join(home, 'runs', 'over', 'spec.json'));
    const { child: reader } = await stranger(process.execPath, '-e', waiting, '--', join(home, 'runs', 'over', 'output', 'log.html'));
    const found = await find(PROCESSES);
    expect(found.lines.map(({ text }) => text)).toEqual([`Process ${child.pid ?? 0}: of the run over, which has ended.`]);
    expect(await repair(found)).toMatchObject({ check: { outcome: 'fine' } });
    await vi.waitFor(() => expect(child.signalCode).toBe('SIGTERM'), 20_000);
    expect(reader.exitCode).toBeNull();
  });
});
