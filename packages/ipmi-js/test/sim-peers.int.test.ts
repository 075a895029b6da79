import { fileURLToPath } from 'node:url';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { supportedSuites } from '../src/index.js';
import { startSimulatedBmc, type SimulatedBmc, type SimulatedBmcOptions } from '../src/sim/index.js';
import { outputLine, peerPython, program, runAside, start } from './support/processes.js';

const running: SimulatedBmc[] = [];

async function sim(options: SimulatedBmcOptions = {}): Promise<SimulatedBmc> {
  const bmc = await startSimulatedBmc({ cycleMs: 20, softOffMs: 20, ...options });
  running.push(bmc);
  return bmc;
}

afterEach(async () => {
  for (const bmc of running.splice(0)) await bmc.stop();
});

function ipmitool(bmc: SimulatedBmc, words: string, suite = '17'): Promise<string> {
  const login = ['-I', 'lanplus', '-H', '127.0.0.1', '-p', String(bmc.port), '-U', 'admin', '-P', 'admin', '-C', suite];
  return runAside(program('ipmitool', 'ipmitool'), [...login, ...words.split(' ')]);
}

function freeipmi(bmc: SimulatedBmc, tool: string, ...words: string[]): Promise<string> {
  return runAside(program(tool, 'freeipmi-tools'), [
    '-D',
    'LAN_2_0',
    '-h',
    `127.0.0.1:${bmc.port}`,
    '-u',
    'admin',
    '-p',
    'admin',
    '-I',
    '17',
    ...words,
  ]);
}

describe('ipmitool with the simulator', () => {
  // ipmitool 1.8.19 aborts on suites 11 and 12 (MD5-128); freeipmi speaks them.
  it.each(supportedSuites.filter((suite) => suite !== 11 && suite !== 12))('cipher suite %i', async (suite) => {
    const bmc = await sim({ suites: supportedSuites, powerOn: true });
    expect(await ipmitool(bmc, 'power status', String(suite))).toBe('Chassis Power is on\n');
  });

  it('IPMI 1.5 with MD5 and password', async () => {
    const bmc = await sim({ legacy: ['md5', 'password'] });
    for (const type of ['MD5', 'PASSWORD']) {
      const login = ['-I', 'lan', '-A', type, '-H', '127.0.0.1', '-p', String(bmc.port), '-U', 'admin', '-P', 'admin'];
      expect(await runAside(program('ipmitool', 'ipmitool'), [...login, 'power', 'status'])).toBe('Chassis Power is off\n');
    }
  });

  it('power, boot device, restore policy, identify', async () => {
    const bmc = await sim();
    for (const [word, count] of [
      ['on', 'on'],
      ['reset', 'reset'],
      ['cycle', 'cycle'],
      ['diag', 'diag'],
    ] as const) {
      await ipmitool(bmc, `power ${word}`);
      if (word === 'cycle') await expect.poll(() => bmc.state.chassis.powerOn, { timeout: 10_000 }).toBe(true);
      expect(bmc.state.chassis.counters[count]).toBe(1);
    }
    await ipmitool(bmc, 'power soft');
    await expect.poll(() => bmc.state.chassis.powerOn, { timeout: 10_000 }).toBe(false);
    await ipmitool(bmc, 'chassis bootdev cdrom options=efiboot,persistent');
    expect(await ipmitool(bmc, 'chassis bootparam get 5')).toContain('Force Boot from CD/DVD');
    expect(bmc.state.chassis.bootDevice).toBe('cdrom');
    await ipmitool(bmc, 'chassis policy always-on');
    expect(bmc.state.chassis.policy).toBe('always-on');
    await ipmitool(bmc, 'chassis identify 5');
    expect(bmc.state.chassis.identifyUntil).toBeGreaterThan(Date.now());
  });

  it('two-key login with KG, and no login without it', async () => {
    const bmc = await sim({ kg: 'a KG key', suites: [3, 17] });
    for (const suite of ['3', '17']) {
      const login = [
        '-I',
        'lanplus',
        '-H',
        '127.0.0.1',
        '-p',
        String(bmc.port),
        '-U',
        'admin',
        '-P',
        'admin',
        '-C',
        suite,
        'power',
        'status',
      ];
      expect(await runAside(program('ipmitool', 'ipmitool'), ['-k', 'a KG key', ...login])).toContain('off');
      await expect(runAside(program('ipmitool', 'ipmitool'), login)).rejects.toThrow(/ended with 1/);
    }
  });

  it('users and passwords', async () => {
    const bmc = await sim();
    for (const words of ['user set name 3 bob', 'user set password 3 bobpw', 'user priv 3 4 1', 'user enable 3'])
      await ipmitool(bmc, words);
    const login = ['-I', 'lanplus', '-H', '127.0.0.1', '-p', String(bmc.port), '-U', 'bob', '-P', 'bobpw', '-C', '3'];
    expect(await runAside(program('ipmitool', 'ipmitool'), [...login, 'power', 'status'])).toContain('off');
  });

  it('event log: add, list, clear; thresholds; watchdog; BMC reset', async () => {
    const bmc = await sim();
    await ipmitool(bmc, 'event 1');
    expect(await ipmitool(bmc, 'sel list')).toContain('Upper Critical going high');
    await ipmitool(bmc, 'sel clear');
    expect(bmc.state.sel.count).toBe(0);
    await ipmitool(bmc, 'sensor thresh VBAT lnc 2.9');
    expect(await ipmitool(bmc, 'sensor get VBAT')).toContain('Lower Non-Critical    : 2.900');
    expect(await ipmitool(bmc, 'mc watchdog get')).toContain('Stopped');
    await ipmitool(bmc, 'mc reset cold');
    await expect.poll(() => bmc.state.sessions.size, { timeout: 10_000 }).toBe(0);
  });

  it('DCMI power limit, PICMG and HPM.1', async () => {
    const bmc = await sim({ picmg: true, powerOn: true });
    await ipmitool(bmc, 'dcmi power set_limit limit 321');
    expect(bmc.state.powerLimit.watts).toBe(321);
    expect(await ipmitool(bmc, 'dcmi power get_limit')).toMatch(/Power Limit:\s+321 Watts/);
    await ipmitool(bmc, 'dcmi power activate');
    expect(bmc.state.powerLimit.active).toBe(true);
    expect(await ipmitool(bmc, 'picmg properties')).toContain('PICMG Ext. Version : 2.3');
    const answer = await ipmitool(bmc, 'hpm check');
    expect(answer).toContain('BMC');
  });

  it('Serial over LAN', async () => {
    const bmc = await sim();
    const login = ['-I', 'lanplus', '-H', '127.0.0.1', '-p', String(bmc.port), '-U', 'admin', '-P', 'admin', '-C', '17'];
    // script gives ipmitool the terminal it insists on.
    const console = start(program('script', 'bsdutils'), [
      '-qec',
      [program('ipmitool', 'ipmitool'), ...login, 'sol', 'activate'].join(' '),
      '/dev/null',
    ]);
    try {
      await expect.poll(() => bmc.state.sol.holder, { timeout: 10_000 }).toBeDefined();
      const seen = outputLine(console, 'echo of the machine');
      bmc.state.sol.print(Buffer.from('\r\necho of the machine\r\n'));
      expect(await seen).toContain('echo of the machine');
    } finally {
      await console.stop();
    }
  });
});

describe('freeipmi with the simulator', () => {
  it.each(supportedSuites)('cipher suite %i', async (suite) => {
    const bmc = await sim({ suites: supportedSuites, powerOn: true });
    const words = ['-D', 'LAN_2_0', '-h', `127.0.0.1:${bmc.port}`, '-u', 'admin', '-p', 'admin', '-I', String(suite), '--stat'];
    expect(await runAside(program('ipmi-power', 'freeipmi-tools'), words)).toBe('127.0.0.1: on\n');
  });

  it('ipmi-sensors, ipmi-sel, ipmi-fru, ipmi-chassis', async () => {
    const bmc = await sim();
    const cache = mkdtempSync(join(tmpdir(), 'freeipmi-'));
    const place = `--sdr-cache-directory=${cache}`;
    try {
      const sensors = await freeipmi(bmc, 'ipmi-sensors', place, '--quiet-cache');
      for (const name of ['CPU1 Temp', 'Fan 2', 'P12V', 'PSU Redundancy']) expect(sensors).toContain(name);
      bmc.state.sel.addEvent({ sensorType: 1, sensor: 1, eventType: 1, asserted: true, data: [0x59, 96, 95] });
      expect(await freeipmi(bmc, 'ipmi-sel', place, '--quiet-cache')).toContain('CPU1 Temp');
      expect(await freeipmi(bmc, 'ipmi-fru', place, '--quiet-cache')).toContain('SIM-BOARD');
      expect(await freeipmi(bmc, 'ipmi-chassis', '--get-chassis-status')).toMatch(/System Power\s*: off/);
    } finally {
      rmSync(cache, { recursive: true, force: true });
    }
  });

  it('finds it by a presence ping', async () => {
    const bmc = await sim({ port: 623 }).catch(() => undefined);
    if (bmc === undefined) throw new Error('port 623 of 127.0.0.1 cannot be had (taken, or root is needed): rmcpping can ask no other');
    expect(await runAside(program('rmcpping', 'freeipmi-tools'), ['-c', '1', '127.0.0.1'])).toContain('pong');
  });
});

describe('pyghmi with the simulator', () => {
  it('reads and switches', async () => {
    const bmc = await sim();
    const script = fileURLToPath(new URL('./peers/pyghmi_client.py', import.meta.url));
    bmc.state.sel.addEvent({ sensorType: 8, sensor: 10, eventType: 0x6f, asserted: true, data: [1] });
    const seen = JSON.parse(await runAside(peerPython(), [script, String(bmc.port), 'admin', 'admin'])) as Record<string, unknown>;
    expect(seen).toMatchObject({ before: 'off', after: 'on', boot: 'network' });
    expect(Object.keys(seen['sensors'] as object)).toEqual(expect.arrayContaining(['CPU1 Temp', 'Fan 1', 'P12V']));
    expect(JSON.stringify(seen['inventory'])).toContain('SIM-BOARD');
    expect(JSON.stringify(seen['events'])).toMatch(/fail/i);
  });
});
