import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { CompletionError, IpmiError, openSession, openSol, type SolConsole, type SolOptions } from '../src/index.js';
import { echoHost, SimulatedBmc, type SerialHost, type SimulatedBmcOptions } from '../src/sim/index.js';
import { MemoryLink, type LinkFaults } from './support/memory-link.js';

const made: SimulatedBmc[] = [];

async function connect(options: SimulatedBmcOptions = {}, faults: LinkFaults = {}, sol: SolOptions = {}) {
  const bmc = new SimulatedBmc({ serial: echoHost, ...options });
  made.push(bmc);
  const channel = new MemoryLink(bmc, faults);
  const session = await openSession({
    host: 'memory',
    username: 'admin',
    password: 'admin',
    suites: [17],
    channel,
    retry: { firstMs: 20, factor: 1.2, maxMs: 60, tries: 12 },
  });
  return { bmc, session, console: await openSol(session, sol) };
}

afterEach(async () => {
  for (const bmc of made.splice(0)) await bmc.stop();
});

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

describe('Serial over LAN', () => {
  it('shows the boot log of a machine that is switched on', async () => {
    const { bmc, console } = await connect({ serial: 'boot', name: 'box' });
    bmc.state.chassis.execute('on');
    let text = '';
    console.on('data', (data: Buffer) => (text += data.toString()));
    await expect.poll(() => text, { timeout: 5000 }).toContain('box login: ');
    expect(text).toContain('Booting on simulated CPU 0');
  });

  it('goes on where the machine took only some characters, or none for a while', async () => {
    const taken: Buffer[] = [];
    let call = 0;
    const serial: SerialHost = {
      receive: (data) => {
        call += 1;
        const count = call % 4 === 0 ? 0 : Math.min(data.length, 1 + (call % 7));
        taken.push(Buffer.from(data.subarray(0, count)));
        return count;
      },
    };
    const { console } = await connect({ serial });
    const text = randomBytes(200);
    await new Promise<void>((resolve) => console.write(text, () => resolve()));
    expect(Buffer.concat(taken).toString('hex')).toBe(text.toString('hex'));
  });

  it('holds the machine back while nobody reads', async () => {
    const { bmc, console } = await connect();
    const size = 512 * 1024;
    bmc.state.sol.print(randomBytes(size));
    let before = -1;
    // It stops by itself: the backlog no longer shrinks although no byte was read.
    await expect
      .poll(() => bmc.state.sol.backlog === before || ((before = bmc.state.sol.backlog), false), { interval: 100, timeout: 10_000 })
      .toBe(true);
    expect(bmc.state.sol.backlog).toBeGreaterThan(size / 2);
    expect((await readExactly(console, size)).length).toBe(size);
  });

  it('sends a break, and hears that somebody else took the console', async () => {
    let breaks = 0;
    const { bmc, session, console } = await connect({ serial: { receive: (data) => data.length, break: () => void (breaks += 1) } });
    console.sendBreak();
    await expect.poll(() => breaks, { timeout: 10_000 }).toBe(1);
    await expect(openSol(session)).rejects.toThrow(CompletionError);
    const second = await openSol(session, { force: true });
    expect(bmc.state.sol.holder).toBeDefined();
    second.destroy();
    await expect.poll(() => bmc.state.sol.holder, { timeout: 10_000 }).toBeUndefined();
  });

  it('ends when the BMC throws it out, and errors when the BMC falls silent', async () => {
    const first = await connect();
    const ended = new Promise<void>((resolve) => first.console.once('end', resolve));
    first.console.resume();
    first.bmc.state.sol.evict();
    await ended;
    const second = await connect({}, {}, { tries: 3 });
    second.bmc.faults.set({ dead: true });
    const failed = new Promise<Error>((resolve) => second.console.once('error', resolve));
    second.console.write('x');
    expect(await failed).toBeInstanceOf(IpmiError);
  });
});
