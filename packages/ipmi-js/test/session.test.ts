import { inspect } from 'node:util';
import { createSocket } from 'node:dgram';
import { packPong, unpackPing } from '../src/wire/asf.js';
import { afterEach, describe, expect, it } from 'vitest';
import {
  discover,
  IpmiClient,
  eraseSel,
  getComponentProperties,
  getPicmgProperties,
  getPowerLimit,
  getUpgradeCapabilities,
  getWatchdog,
  readSel,
  resetWatchdog,
  setPowerLimit,
  setWatchdog,
  AuthenticationError,
  CompletionError,
  controlPower,
  DowngradeError,
  getChassisStatus,
  getDeviceId,
  isPowerOn,
  openSession,
  SessionRefusedError,
  setSessionPrivilege,
  supportedSuites,
  TimeoutError,
  type SessionOptions,
} from '../src/index.js';
import { SimulatedBmc, type SimulatedBmcOptions } from '../src/sim/index.js';
import { MemoryLink, type LinkFaults } from './support/memory-link.js';

const made: SimulatedBmc[] = [];

function pair(options: SimulatedBmcOptions = {}, faults: LinkFaults = {}): { bmc: SimulatedBmc; link: MemoryLink; login: SessionOptions } {
  const bmc = new SimulatedBmc({ suites: supportedSuites, cycleMs: 5, ...options });
  made.push(bmc);
  const link = new MemoryLink(bmc, faults);
  const retry = { firstMs: 8, factor: 1.2, maxMs: 40, tries: 40 };
  return { bmc, link, login: { host: 'memory', username: 'admin', password: 'admin', suiteMemory: new Map(), channel: link, retry } };
}

afterEach(async () => {
  for (const bmc of made.splice(0)) await bmc.stop();
});

describe('sessions', () => {
  it.each(supportedSuites)('cipher suite %i carries a command', async (suite) => {
    const { login } = pair({ powerOn: true });
    await using session = await openSession({ ...login, suites: [suite] });
    expect(await isPowerOn(session)).toBe(true);
  });

  it('logs in with a KG key, and not with another or none', async () => {
    const kg = Buffer.from('00112233445566778899aabbccddeeff01020304', 'hex');
    const { login, bmc } = pair({ kg });
    await using session = await openSession({ ...login, kg });
    expect(await isPowerOn(session)).toBe(false);
    for (const wrong of [undefined, 'other']) {
      await expect(openSession({ ...login, channel: new MemoryLink(bmc), kg: wrong })).rejects.toThrow(AuthenticationError);
    }
  });

  it('tells apart wrong password, unknown name and too high a level, without telling secrets', async () => {
    const users = [
      { name: 'admin', password: 'correct horse' },
      { name: 'viewer', password: 'v', privilege: 'user' as const },
    ];
    const { login, bmc } = pair({ users });
    const open = (more: Partial<SessionOptions>): Promise<unknown> => openSession({ ...login, ...more, channel: new MemoryLink(bmc) });
    const failures = [
      open({ password: 'battery staple' }),
      open({ username: 'nobody', password: 'battery staple' }),
      open({ username: 'viewer', password: 'v', privilege: 'administrator' }),
    ];
    for (const failure of failures) {
      const error = await failure.then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(AuthenticationError);
      expect(JSON.stringify(error) + String(error)).not.toMatch(/battery|horse/);
    }
    expect(bmc.state.sessions.size).toBe(0);
  });

  it('keeps a user at its level', async () => {
    const { login } = pair({ users: [{ name: 'viewer', password: 'v', privilege: 'user' }] });
    await using session = await openSession({ ...login, username: 'viewer', password: 'v', privilege: 'user' });
    expect(await isPowerOn(session)).toBe(false);
    await expect(controlPower(session, 'on')).rejects.toMatchObject({ completionCode: 0xd4 });
    await expect(session.send(setSessionPrivilege, { privilege: 'administrator' })).rejects.toThrow(CompletionError);
  });

  it('takes the best suite there is, and refuses a BMC that lists suite 17 and then refuses it', async () => {
    const { login } = pair({ suites: [3, 17] });
    await using session = await openSession(login);
    expect(session.suite).toBe(17);
    const { bmc } = pair({ suites: [3, 17] });
    const link = new MemoryLink(bmc);
    link.onAnswer = (datagram) => {
      // Somebody on the way turns the agreement on suite 17 into a refusal.
      if (datagram[4] !== 6 || datagram[5] !== 0x11) return datagram;
      const refusal = Buffer.from(datagram.subarray(0, 24));
      refusal.writeUInt16LE(8, 14);
      refusal[17] = 0x11;
      return refusal;
    };
    await expect(openSession({ ...login, suiteMemory: new Map(), channel: link })).rejects.toThrow(DowngradeError);
  });

  it('says so when all slots are taken', async () => {
    const { login, bmc } = pair({ sessionLimit: 1 });
    await using session = await openSession(login);
    await expect(openSession({ ...login, channel: new MemoryLink(bmc) })).rejects.toThrow(SessionRefusedError);
    bmc.faults.set({ sessionTableFull: true });
    await expect(openSession({ ...login, channel: new MemoryLink(bmc) })).rejects.toThrow(SessionRefusedError);
    expect(session.isOpen).toBe(true);
  });

  it('gives up with a sentence that says what was tried', async () => {
    const { login, bmc } = pair();
    const session = await openSession({ ...login, retry: { firstMs: 5, factor: 1, maxMs: 5, tries: 3 } });
    bmc.faults.set({ dead: true });
    const error = await session.send(getDeviceId, undefined).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TimeoutError);
    expect(String(error)).toMatch(/no answer to Get Device ID from memory port 0 after 3 tries in \d+ ms/);
    await session.close();
  });

  it('waits while the BMC is busy, and executes once', async () => {
    const { login, bmc } = pair();
    await using session = await openSession(login);
    bmc.faults.set({ busy: 0.7 });
    await controlPower(session, 'on');
    bmc.faults.clear();
    expect(bmc.state.chassis.counters.on).toBe(1);
  });

  it('believes no answer with a wrong authentication code', async () => {
    const { login, bmc } = pair();
    await using session = await openSession({ ...login, retry: { firstMs: 5, factor: 1, maxMs: 5, tries: 4 } });
    bmc.faults.set({ wrongHmac: 1 });
    await expect(isPowerOn(session)).rejects.toThrow(TimeoutError);
    expect(session.counters.rejected).toBe(4);
    bmc.faults.clear();
    expect(await isPowerOn(session)).toBe(false);
  });

  it('keeps an idle session alive', async () => {
    const { login, bmc } = pair({ sessionTimeoutMs: 900 });
    await using session = await openSession({ ...login, keepAliveMs: 50 });
    const heard = bmc.state.sessions.list()[0]?.lastHeard ?? 0;
    await expect.poll(() => (bmc.state.sessions.list()[0]?.lastHeard ?? 0) > heard + 1100, { timeout: 5000, interval: 10 }).toBe(true);
    expect(await isPowerOn(session)).toBe(false);
  });

  it('answers many requests at once in any order', async () => {
    const { login } = pair({ powerOn: true }, { reorderMs: 4 });
    await using session = await openSession({ ...login, pipeline: 8 });
    const answers = await Promise.all(Array.from({ length: 200 }, () => session.send(getChassisStatus, undefined)));
    expect(answers.every((status) => status.powerOn)).toBe(true);
  });
});

describe('a client that is printed', () => {
  it('shows no password and no key', async () => {
    const { login } = pair({ kg: 'a secret key' });
    await using client = new IpmiClient({ ...login, kg: 'a secret key' });
    expect(await isPowerOn(client)).toBe(false);
    const printed =
      inspect(client, { depth: 10, showHidden: true }) +
      inspect(await client.session(), { depth: 10, showHidden: true }) +
      JSON.stringify(client);
    expect(printed).toContain('memory');
    expect(printed).not.toMatch(/secret|password/);
  });
});

describe('discovery', () => {
  it('hears who answers a broadcast', async () => {
    // A receiver at the broadcast address of loopback answers from an address of its own, as a BMC does.
    const [ear, mouth] = [createSocket('udp4'), createSocket('udp4')];
    await new Promise<void>((resolve) => ear.bind(0, '127.255.255.255', resolve));
    await new Promise<void>((resolve) => mouth.bind(0, '127.0.0.1', resolve));
    ear.on('message', (datagram, from) => {
      const pong = { enterprise: 4542, oem: 0, supportsIpmi: true, asfVersion: 1, supportsSecurityExtensions: false };
      mouth.send(packPong({ ...pong, tag: unpackPing(datagram) }), from.port, from.address);
    });
    const found = await discover(['127.255.255.255'], { port: ear.address().port, broadcast: true, waitMs: 300 });
    expect(found).toMatchObject([{ address: '127.0.0.1', supportsIpmi: true }]);
    await new Promise<void>((resolve) => ear.close(() => resolve()));
    await new Promise<void>((resolve) => mouth.close(() => resolve()));
  });
});

describe('what a BMC says of itself', () => {
  it('PICMG, HPM.1 and DCMI', async () => {
    const { login, bmc } = pair({ picmg: true });
    await using session = await openSession(login);
    expect(await session.send(getPicmgProperties, undefined)).toEqual({ version: 0x32, maximumFru: 1, fru: 0 });
    expect(await session.send(getUpgradeCapabilities, undefined)).toMatchObject({ selfTest: true, components: 1 });
    expect((await session.send(getComponentProperties, { component: 0, selector: 2 })).data.toString('latin1')).toContain('BMC');
    await session.send(setPowerLimit, { watts: 300, correctionMs: 1000, samplingSeconds: 2, exceptionAction: 'log' });
    expect(await session.send(getPowerLimit, undefined)).toEqual({
      watts: 300,
      correctionMs: 1000,
      samplingSeconds: 2,
      exceptionAction: 'log',
    });
    expect(bmc.state.powerLimit.watts).toBe(300);
  });

  it('restarts by its watchdog', async () => {
    const { login, bmc } = pair({ powerOn: true });
    await using session = await openSession(login);
    const timer = { use: 'sms-os', keepRunning: false, log: true, interrupt: 'none', preTimeoutSeconds: 0, expiredUses: 0 } as const;
    await session.send(setWatchdog, { ...timer, action: 'hard-reset', initialCountdown: 1 });
    await session.send(resetWatchdog, undefined);
    await expect.poll(() => bmc.state.chassis.counters.reset, { timeout: 10_000 }).toBe(1);
    expect((await session.send(getWatchdog, undefined)).expiredUses).toBe(1 << 4);
    expect((await readSel(session)).at(-1)).toMatchObject({ kind: 'event', sensorType: 0x23 });
    await eraseSel(session);
    expect(await readSel(session)).toEqual([]);
  });
});

describe('a link that loses 30 %, repeats and reorders', () => {
  it('cycles power exactly once, 40 times over', async () => {
    const { login, bmc } = pair({ powerOn: true }, { loss: 0.3, duplicate: 0.2, reorderMs: 12 });
    await using session = await openSession(login);
    for (let round = 1; round <= 40; round += 1) {
      await controlPower(session, 'cycle');
      expect(bmc.state.chassis.counters.cycle).toBe(round);
      await expect.poll(() => bmc.state.chassis.powerOn, { timeout: 10_000, interval: 2 }).toBe(true);
    }
    expect(bmc.state.chassis.counters.cycle).toBe(40);
  });

  it('opens sessions and leaves none behind', async () => {
    // A close that is lost with all its repetitions leaves a session that the BMC drops after its time of silence.
    const { bmc, login } = pair({ sessionLimit: 10, sessionTimeoutMs: 1000 });
    for (let round = 1; round <= 4; round += 1) {
      const link = new MemoryLink(bmc, { loss: 0.3, duplicate: 0.2, reorderMs: 6 }, round);
      const session = await openSession({ ...login, channel: link });
      expect(await isPowerOn(session)).toBe(false);
      await session.close();
      expect(link.isOpen).toBe(false);
    }
    await expect.poll(() => bmc.state.sessions.size, { timeout: 5000 }).toBe(0);
  });
});

describe('200 sessions', () => {
  it('opened and closed, none left', async () => {
    const { bmc, login } = pair({ sessionLimit: 4 });
    for (let round = 0; round < 200; round += 1) {
      const link = new MemoryLink(bmc, {}, round + 1);
      const session = await openSession({ ...login, suites: [17], channel: link });
      await session.close();
      expect(link.isOpen).toBe(false);
    }
    await expect.poll(() => bmc.state.sessions.size, { timeout: 10_000 }).toBe(0);
    expect(bmc.state.sessions.counters).toMatchObject({ opened: 200, closed: 200, timedOut: 0 });
  }, 30_000);
});
