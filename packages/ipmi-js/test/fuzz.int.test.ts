import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { controlPower, getDeviceId, IpmiError, isPowerOn, openSession, openSol, readSdrs, type Session } from '../src/index.js';
import { SimulatedBmc } from '../src/sim/index.js';
import { MemoryLink } from './support/memory-link.js';
import { Mutator } from './support/mutator.js';

/** Datagrams at each side; a run with another number: IPMI_JS_FUZZ=1000000. Without IPMI_JS_FUZZ_SEED the kept seeds run: those that once failed stay in the list. */
const total = Number(process.env['IPMI_JS_FUZZ'] ?? 200_000);
const kept = (JSON.parse(readFileSync(new URL('./fuzz-seeds.json', import.meta.url), 'utf8')) as { kept: number[] }).kept;
const ownSeed = process.env['IPMI_JS_FUZZ_SEED'];
const seeds = ownSeed === undefined ? kept : [Number(ownSeed)];

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapBytes(): number {
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

const retry = { firstMs: 200, factor: 1.2, maxMs: 400, tries: 6 };
const anySuite = { host: 'memory', username: 'admin', password: 'admin', retry, keepAliveMs: 0 };
const login = { ...anySuite, suites: [17] };

interface Recording {
  readonly bmc: SimulatedBmc;
  readonly link: MemoryLink;
  readonly session: Session;
  readonly questions: Buffer[];
  readonly answers: Buffer[];
}

/** A session that did a bit of everything, with all its datagrams. */
async function record(): Promise<Recording> {
  const bmc = new SimulatedBmc({ suites: [3, 17], legacy: ['md5'] });
  const link = new MemoryLink(bmc);
  const [questions, answers]: [Buffer[], Buffer[]] = [[], []];
  link.onQuestion = (datagram) => (questions.push(Buffer.from(datagram)), datagram);
  link.onAnswer = (datagram) => (answers.push(Buffer.from(datagram)), datagram);
  const session = await openSession({ ...login, channel: link });
  await controlPower(session, 'on');
  await readSdrs(session);
  const console = await openSol(session);
  await new Promise<void>((resolve) => console.write('typed', () => resolve()));
  console.destroy();
  await expect.poll(() => bmc.state.sol.holder, { timeout: 10_000 }).toBeUndefined();
  const legacy = await openSession({
    ...login,
    channel: Object.assign(new MemoryLink(bmc, {}, 9), { onQuestion: link.onQuestion, onAnswer: link.onAnswer }),
    legacy: { only: true },
  });
  await isPowerOn(legacy);
  await legacy.close();
  return { bmc, link, session, questions, answers };
}

/** What forged packets must never change. */
function effects(bmc: SimulatedBmc): string {
  const { chassis, users, sel, sessions } = bmc.state;
  return JSON.stringify([
    chassis.powerOn,
    chassis.counters,
    [...chassis.bootOptions],
    users.users,
    sel.count,
    sessions.counters,
    sessions.size,
  ]);
}

describe.each(seeds)('seed %i', (seed) => {
  const count = Math.ceil(total / seeds.length);

  it(`the simulator survives ${count} mutated datagrams and obeys none`, async () => {
    const { bmc, link, session, questions } = await record();
    link.onQuestion = (datagram) => datagram;
    link.onAnswer = (datagram) => datagram;
    const mutator = new Mutator(seed, questions);
    const silent = { ...link.peer, send: () => undefined };
    const before = effects(bmc);
    let heap = 0;
    for (let index = 0; index < count; index += 1) {
      if (index === Math.floor(count / 4)) heap = heapBytes();
      bmc.receive(mutator.next(), silent);
    }
    expect(heapBytes() - heap, 'heap grew').toBeLessThan(4_000_000);
    expect(effects(bmc)).toBe(before);
    expect(await isPowerOn(session)).toBe(true);
    await session.close();
    await bmc.stop();
  });

  it(`the client survives ${count} mutated datagrams and believes none`, async () => {
    const { bmc, link, session, answers } = await record();
    const mutator = new Mutator(seed, answers);
    const truth = await session.send(getDeviceId, undefined);
    let [sent, heap] = [0, 0];
    link.onQuestion = (datagram) => datagram;
    while (sent < count) {
      link.onAnswer = (datagram) => {
        // Forgeries of the very answer that is waited for come first.
        const near = new Mutator(seed + sent, [datagram, ...answers.slice(-3)]);
        for (let index = 0; index < 50; index += 1) {
          link.deliver(near.next());
          link.deliver(mutator.next());
        }
        sent += 100;
        return datagram;
      };
      expect(await session.send(getDeviceId, undefined)).toEqual(truth);
      if (heap === 0 && sent >= count / 4) heap = heapBytes();
    }
    expect(heapBytes() - heap, 'heap grew').toBeLessThan(4_000_000);
    expect(session.counters.rejected).toBeGreaterThan(count / 2);
    link.onAnswer = (datagram) => datagram;
    expect(bmc.state.chassis.counters.on).toBe(1);
    await session.close();
    await bmc.stop();
  });

  it('a handshake with mutated answers ends in a session that works or in a typed error', async () => {
    const { bmc, session, answers } = await record();
    await session.close();
    for (let round = 0; round < 300; round += 1) {
      const link = new MemoryLink(bmc, {}, round);
      const mutator = new Mutator(seed + round, answers.slice(0, 6));
      const target = round % 6;
      let seen = -1;
      link.onAnswer = (datagram) => {
        seen += 1;
        if (seen === target)
          for (let index = 0; index < 3; index += 1) link.deliver(new Mutator(seed * 7 + round + index, [datagram]).next());
        link.deliver(mutator.next());
        return datagram;
      };
      const outcome = await openSession({
        ...anySuite,
        suiteMemory: new Map(),
        channel: link,
        retry: { firstMs: 30, factor: 1, maxMs: 30, tries: 3 },
      }).catch((error: unknown) => error);
      if (outcome instanceof Error) {
        expect(outcome).toBeInstanceOf(IpmiError);
        expect(link.isOpen).toBe(false);
        bmc.state.sessions.closeAll();
        continue;
      }
      link.onAnswer = (datagram) => datagram;
      expect(await isPowerOn(outcome as Session)).toBe(true);
      await (outcome as Session).close();
    }
    await bmc.stop();
  });
});
