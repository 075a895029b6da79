import { SutInput } from '../../../src-shared/model/sut.ts';
import type { Sut } from '../../../src-shared/model/sut.ts';
import type { SimulatedMachine } from '../../drivers/simulated/simulated-lab.ts';
import { findSutByName } from '../../store/suts.ts';
import type { Caller } from '../caller.ts';
import { createSut } from '../suts/save-sut.ts';
import { readSut, type SutServices } from '../suts/sut-services.ts';

/** Most homes have no such machine: what simulates them is loaded with the first one. */
const load = () => import('../../drivers/simulated/simulated-lab.ts');

/** The simulated machines of this harness, started when they are first asked for. Each start has a port and a password of its own. */
export class SimulatedMachines {
  readonly #machines = new Map<string, Promise<SimulatedMachine>>();

  /** How the machine is reached now. */
  async reach({ id, name }: { id: string; name: string }, kind: string): Promise<SimulatedMachine['endpoint']> {
    const known =
      this.#machines.get(id) ??
      load().then((lab) => lab.startSimulatedMachine({ name, kind: lab.SIMULATED_KINDS.find((each) => each === kind) ?? 'steady' }));
    this.#machines.set(id, known);
    return (await known).endpoint;
  }

  async stop(id: string): Promise<void> {
    const machine = this.#machines.get(id);
    this.#machines.delete(id);
    await (await machine)?.stop();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#machines.keys()].map((id) => this.stop(id)));
  }
}

/** Adds the machines of the demo lab that are not there yet; answers all of them. */
export async function openDemoLab(services: SutServices, caller: Caller): Promise<Sut[]> {
  const { DEMO_LAB } = await load();
  const suts: Sut[] = [];
  for (const { name, kind } of DEMO_LAB) {
    const known = findSutByName(services.store, name);
    suts.push(known === undefined ? await createSut(services, demoSut(name, kind), caller) : readSut(services, known.id));
  }
  return suts;
}

function demoSut(name: string, kind: string) {
  return SutInput.parse({ name, tags: ['demo', kind], endpoints: [{ provider: 'simulated', address: kind }] });
}
