import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import {
  AuthenticationError,
  bootDevices,
  chassisIdentify,
  controlPower,
  DowngradeError,
  getChassisStatus,
  getDeviceId,
  getSelTime,
  IpmiClient,
  isPowerOn,
  openSession,
  openSol,
  readBootFlags,
  readUsers,
  setBootDevice,
  setPowerRestorePolicy,
  SuiteRefusedError,
  type SessionOptions,
} from '../src/index.js';
import { startIpmiSim, type IpmiSim } from './support/ipmi-sim.js';
import { eventually, freePort, outputLine, peerPython, start, type Running } from './support/processes.js';

function peerScript(name: string): string {
  return fileURLToPath(new URL(`./peers/${name}`, import.meta.url));
}

async function startPeer(script: string, ...more: string[]): Promise<Running & { port: number }> {
  const port = await freePort();
  const running = start(peerPython(), [peerScript(script), String(port), ...more]);
  await outputLine(running, 'ready');
  return { ...running, port };
}

const quick = { firstMs: 300, factor: 1.3, maxMs: 1000, tries: 6 };

describe('against ipmi_sim', () => {
  let peer: IpmiSim;
  const login = (more: Partial<SessionOptions> = {}): SessionOptions => ({
    host: '127.0.0.1',
    port: peer.port,
    username: 'admin',
    password: 'admin123',
    retry: quick,
    ...more,
  });

  beforeAll(async () => {
    peer = await startIpmiSim();
  });
  afterAll(() => peer.stop());

  it.each([0, 1, 2, 3])('opens a session with cipher suite %i', async (suite) => {
    await using session = await openSession(login({ suites: [suite] }));
    expect((await session.send(getDeviceId, undefined)).manufacturerId).toBe(0x1291);
    expect(session.suite).toBe(suite);
  });

  it('takes suite 3 by default, because suite 17 is refused and not listed', async () => {
    await using session = await openSession(login({ suiteMemory: new Map() }));
    expect(session.suite).toBe(3);
    await expect(openSession(login({ suites: [17] }))).rejects.toThrow(SuiteRefusedError);
  });

  it('refuses suite 3 when suite 17 was used before', async () => {
    const memory = new Map([[`127.0.0.1:${peer.port}`, 17]]);
    await expect(openSession(login({ suiteMemory: memory }))).rejects.toThrow(DowngradeError);
  });

  it('tells a wrong password and a wrong name at once', async () => {
    const began = performance.now();
    await expect(openSession(login({ password: 'wrong', suites: [3] }))).rejects.toThrow(AuthenticationError);
    await expect(openSession(login({ username: 'nobody', suites: [3] }))).rejects.toThrow(AuthenticationError);
    expect(performance.now() - began).toBeLessThan(2000);
  });

  it.each(['md5', 'password', 'none'] as const)('opens an IPMI 1.5 session with %s', async (auth) => {
    await using session = await openSession(login({ legacy: { only: true, auth: [auth] } }));
    expect((await session.send(getChassisStatus, undefined)).powerOn).toBeTypeOf('boolean');
  });

  it('switches power', async () => {
    await using client = new IpmiClient(login({ suites: [3] }));
    await controlPower(client, 'on');
    expect(await isPowerOn(client)).toBe(true);
    await controlPower(client, 'off');
    expect(await isPowerOn(client)).toBe(false);
    expect(peer.chassisLog()).toEqual(expect.arrayContaining(['set power 1', 'set power 0']));
  });

  it('sets boot devices', async () => {
    await using client = new IpmiClient(login({ suites: [3] }));
    for (const device of ['pxe', 'cdrom', 'bios', 'disk'] as const) {
      await setBootDevice(client, { device });
      expect((await readBootFlags(client)).device).toBe(device);
    }
    expect(Object.values(bootDevices)).toContain('cdrom');
  });

  it('reads users and the clock', async () => {
    await using client = new IpmiClient(login({ suites: [3] }));
    const users = await readUsers(client, 1);
    expect(users.filter((user) => user.name !== '').map((user) => [user.id, user.name, user.privilege])).toEqual([
      [2, 'admin', 'administrator'],
      [3, 'viewer', 'user'],
    ]);
    expect((await client.send(getSelTime, undefined)).time).toBeGreaterThan(0);
    await client.send(chassisIdentify, { seconds: 1, force: undefined });
  });

  it('says which command a BMC refused and why', async () => {
    await using client = new IpmiClient(login({ suites: [3] }));
    await expect(client.send(setPowerRestorePolicy, { policy: 'no-change' })).rejects.toMatchObject({
      completionCode: 0xc1,
      commandName: 'Set Power Restore Policy',
      netFn: 0,
      command: 6,
      range: 'generic',
    });
  });

  it('goes on in a new session after the BMC forgot the old one', async () => {
    await using client = new IpmiClient(login({ suites: [3], retry: { firstMs: 100, factor: 1, maxMs: 100, tries: 2 } }));
    expect(await isPowerOn(client)).toBe(false);
    const old = await client.session();
    await client.raw({ netFn: 6, command: 0x3c, data: idBytes(old.id) });
    expect(await isPowerOn(client)).toBe(false);
    expect(await client.session()).not.toBe(old);
  });
});

describe('Serial over LAN of ipmi_sim', () => {
  it('carries bytes both ways to what is at its serial port', async () => {
    let heard = '';
    const sockets: Socket[] = [];
    const machine = createServer((socket) => {
      sockets.push(socket);
      socket.on('data', (data) => {
        heard += data.toString('latin1');
        socket.write(data.toString('latin1').toUpperCase());
      });
    });
    await new Promise<void>((resolve) => machine.listen(0, '127.0.0.1', resolve));
    const peer = await startIpmiSim({ serialPort: (machine.address() as AddressInfo).port });
    try {
      await using session = await openSession({
        host: '127.0.0.1',
        port: peer.port,
        username: 'admin',
        password: 'admin123',
        retry: quick,
        suites: [3],
      });
      await eventually(() => expect(sockets.length).toBeGreaterThan(0));
      const console = await openSol(session);
      let seen = '';
      console.on('data', (data: Buffer) => (seen += data.toString('latin1')));
      const typed = Array.from({ length: 100 }, (_, index) => `line ${index} of what is typed\r`).join('');
      console.write(typed);
      await eventually(() => expect(seen).toBe(typed.toUpperCase()));
      expect(heard).toBe(typed);
      console.destroy();
    } finally {
      await peer.stop();
      for (const socket of sockets) socket.destroy();
      machine.close();
    }
  });
});

function idBytes(id: number): Buffer {
  const out = Buffer.alloc(4);
  out.writeUInt32LE(id);
  return out;
}

describe('against the server side of pyghmi', () => {
  it.each([3, 17])('switches power with cipher suite %i, chosen by itself', async (suite) => {
    const peer = await startPeer('pyghmi_bmc.py', String(suite));
    try {
      await using client = new IpmiClient({
        host: '127.0.0.1',
        port: peer.port,
        username: 'admin',
        password: 'password',
        retry: quick,
        suiteMemory: new Map(),
      });
      await controlPower(client, 'on');
      expect(await isPowerOn(client)).toBe(true);
      expect((await client.session()).suite).toBe(suite);
      await setBootDevice(client, { device: 'pxe' });
      expect((await readBootFlags(client)).device).toBe('pxe');
    } finally {
      await peer.stop();
    }
  });

  it('refuses a BMC that answers with other algorithms than asked for', async () => {
    const peer = await startPeer('pyghmi_bmc.py', '3');
    try {
      const login = { host: '127.0.0.1', port: peer.port, username: 'admin', password: 'password', retry: quick, suites: [17] };
      await expect(openSession(login)).rejects.toThrow(DowngradeError);
    } finally {
      await peer.stop();
    }
  });
});

describe('against virtualbmc on libvirt', () => {
  it('switches a libvirt domain and its boot device', async () => {
    const peer = await startPeer('virtual_bmc.py');
    try {
      await using client = new IpmiClient({
        host: '127.0.0.1',
        port: peer.port,
        username: 'admin',
        password: 'password',
        retry: quick,
        suites: [3],
      });
      expect(await isPowerOn(client)).toBe(true);
      await controlPower(client, 'off');
      await eventually(async () => expect(await isPowerOn(client)).toBe(false));
      await controlPower(client, 'on');
      await eventually(async () => expect(await isPowerOn(client)).toBe(true));
      await setBootDevice(client, { device: 'cdrom' });
    } finally {
      await peer.stop();
    }
  });
});
