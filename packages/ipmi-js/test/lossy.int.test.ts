import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { controlPower, isPowerOn, openSession, openSol, type SessionOptions, type SolConsole } from '../src/index.js';
import { SimulatedBmc, startSimulatedBmc, type SerialHost } from '../src/sim/index.js';
import { MemoryLink } from './support/memory-link.js';

const retry = { firstMs: 10, factor: 1.2, maxMs: 60, tries: 40 };
const login: SessionOptions = { host: '127.0.0.1', username: 'admin', password: 'admin', suites: [17], retry };

function digest(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

async function readExactly(console: SolConsole, length: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    console.once('error', reject);
    console.on('data', (data: Buffer) => {
      parts.push(data);
      size += data.length;
      if (size >= length) resolve(Buffer.concat(parts));
    });
  });
}

const megabyte = 1024 * 1024;

describe('Serial over LAN at 2 % loss', () => {
  it('moves 1 MB each way, byte for byte', async () => {
    const typed: Buffer[] = [];
    let typedSize = 0;
    const serial: SerialHost = {
      receive: (data) => {
        typed.push(Buffer.from(data));
        typedSize += data.length;
        return data.length;
      },
    };
    await using bmc = new SimulatedBmc({ serial });
    const session = await openSession({ ...login, channel: new MemoryLink(bmc, { loss: 0.02, duplicate: 0.01, reorderMs: 2 }) });
    const console = await openSol(session);
    const [down, up] = [randomBytes(megabyte), randomBytes(megabyte)];
    const read = readExactly(console, megabyte);
    for (let at = 0; at < megabyte; at += 4096) bmc.state.sol.print(down.subarray(at, at + 4096));
    await new Promise<void>((resolve, reject) => console.write(up, (error) => (error == null ? resolve() : reject(error))));
    const seen = await read;
    expect(seen.length).toBe(megabyte);
    expect(digest(seen)).toBe(digest(down));
    expect(typedSize).toBe(megabyte);
    expect(digest(Buffer.concat(typed))).toBe(digest(up));
    console.destroy();
    await session.close();
  });
});

describe('a link that loses 30 %, repeats and reorders', () => {
  it('cycles power exactly once, 200 times over', async () => {
    await using bmc = new SimulatedBmc({ powerOn: true, cycleMs: 2 });
    const channel = new MemoryLink(bmc, { loss: 0.3, duplicate: 0.2, reorderMs: 15 }, 7);
    const session = await openSession({ ...login, channel });
    for (let round = 1; round <= 200; round += 1) {
      await controlPower(session, 'cycle');
      await expect.poll(() => bmc.state.chassis.powerOn, { timeout: 10_000, interval: 1 }).toBe(true);
      expect(bmc.state.chassis.counters.cycle).toBe(round);
    }
    await session.close();
  });
});

describe('1,000 sessions over UDP', () => {
  it('opened and closed, none left', async () => {
    await using bmc = await startSimulatedBmc({ sessionLimit: 8 });
    for (let round = 0; round < 1000; round += 1) {
      await using session = await openSession({ ...login, port: bmc.port });
      expect(await isPowerOn(session)).toBe(false);
    }
    await expect.poll(() => bmc.state.sessions.size, { timeout: 10_000 }).toBe(0);
    expect(bmc.state.sessions.counters).toMatchObject({ opened: 1000, closed: 1000, timedOut: 0 });
  });
});
