import { createSocket, type Socket } from 'node:dgram';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startBmcWithMachine, type BmcWithMachine } from './bmc-with-machine.ts';

/**
 * What befalls a command to the chassis. `refused`: an error completion code, nothing is done. `unanswered`: it is done and the answer is lost.
 * `garbled`: it is done and the answer is spoilt. `dead`: it is done, and from then on nothing passes in either direction.
 */
export type BmcFault = 'refused' | 'unanswered' | 'garbled' | 'dead';

export interface FaultyBmc extends BmcWithMachine {
  /** `at`: as the chassis hears it, such as `power 1`. Null: nothing goes wrong any more. */
  arm(fault: { at: string; how: BmcFault; times: number } | null): void;
  struck(): number;
  /** What it starts from next, as the chassis knows it. */
  bootDevice(): string;
}

/** Answers that one lost answer costs: BMCs answer a question that is repeated. */
const LOST_AT_ONCE = 2;

/** ipmi_sim with its machine; what goes wrong does so in its chassis or on the wire before it. */
export async function startFaultyBmc(): Promise<FaultyBmc> {
  const bmc = await startBmcWithMachine();
  const file = (name: string) => join(bmc.folder, name);
  const linesOf = (name: string) => (existsSync(file(name)) ? readFileSync(file(name), 'utf8').split('\n').length - 1 : 0);
  let how: BmcFault | null = null;
  let lost = 0;
  const wire = await startWire(bmc.port, (toBmc) => {
    const struck = linesOf('struck');
    if (how === 'dead') return struck > 0 ? 'lost' : 'passes';
    if (toBmc || how === null || how === 'refused' || lost >= struck * LOST_AT_ONCE) return 'passes';
    lost += 1;
    return how === 'garbled' ? 'garbled' : 'lost';
  });
  return {
    ...bmc,
    port: wire.port,
    arm: (fault) => {
      how = fault?.how ?? null;
      lost = 0;
      rmSync(file('struck'), { force: true });
      if (fault === null) rmSync(file('fault'), { force: true });
      else writeFileSync(file('fault'), `${fault.at} ${fault.how} ${fault.times}\n`);
    },
    struck: () => linesOf('struck'),
    bootDevice: () => (existsSync(file('boot')) ? readFileSync(file('boot'), 'utf8').trim() : ''),
    stop: async () => {
      wire.close();
      await bmc.stop();
    },
  };
}

type Fate = 'passes' | 'lost' | 'garbled';

/** Passes datagrams on, each caller by a socket of its own. */
async function startWire(port: number, fateOf: (toBmc: boolean) => Fate): Promise<{ port: number; close: () => void }> {
  const front = createSocket('udp4');
  const backs = new Map<number, Socket>();
  const backOf = (caller: number): Socket => {
    const known = backs.get(caller);
    if (known !== undefined) return known;
    const back = createSocket('udp4');
    back.on('error', () => undefined);
    back.on('message', (datagram) => {
      const fate = fateOf(false);
      if (fate !== 'lost') front.send(fate === 'garbled' ? datagram.map((byte) => byte ^ 0x5a) : datagram, caller, '127.0.0.1');
    });
    backs.set(caller, back);
    return back;
  };
  front.on('message', (datagram, { port: caller }) => {
    if (fateOf(true) === 'passes') backOf(caller).send(datagram, port, '127.0.0.1');
  });
  await new Promise<void>((resolve) => front.bind(0, '127.0.0.1', resolve));
  return {
    port: front.address().port,
    close: () => {
      for (const socket of [front, ...backs.values()]) socket.close();
    },
  };
}
