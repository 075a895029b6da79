import { createHash, randomBytes } from 'node:crypto';
import { defaultFrus, seededRandom, startSimulatedBmc, type SimulatedBmc, type SimulatedBmcOptions } from 'ipmi-js/sim';
import type { IpmiEndpoint } from '../endpoints.ts';
import { machineConsole } from './machine-console.ts';

/**
 * `steady`: nothing special. `hot`: a processor above its critical threshold. `flapping`: its BMC goes away and comes back. `full`: its event
 * log takes nothing more. `off`: no power.
 */
export const SIMULATED_KINDS = ['steady', 'hot', 'flapping', 'full', 'off'] as const;
export type SimulatedKind = (typeof SIMULATED_KINDS)[number];

export interface SimulatedMachine {
  name: string;
  kind: SimulatedKind;
  /** How it is reached while it runs; the password is made up anew for every start. */
  endpoint: Omit<IpmiEndpoint, 'id'>;
  stop: () => Promise<void>;
}

export interface SimulatedMachineOptions {
  name: string;
  kind: SimulatedKind;
  /** UDP port on 127.0.0.1; left out: a free one. */
  port?: number;
  /** Left out: a random one. */
  password?: string;
}

/** The machines of the demo lab, in the order in which they are shown. */
export const DEMO_LAB: readonly { name: string; kind: SimulatedKind }[] = [
  { name: 'demo-01', kind: 'steady' },
  { name: 'demo-02', kind: 'steady' },
  { name: 'demo-03', kind: 'hot' },
  { name: 'demo-04', kind: 'flapping' },
  { name: 'demo-05', kind: 'full' },
  { name: 'demo-06', kind: 'off' },
  { name: 'demo-07', kind: 'steady' },
  { name: 'demo-08', kind: 'steady' },
];

/** Starts one simulated machine: a BMC that speaks real RMCP+ on loopback, with sensors, log, inventory and a console that boots. */
export async function startSimulatedMachine(options: SimulatedMachineOptions): Promise<SimulatedMachine> {
  const { name, kind, port } = options;
  const password = options.password ?? randomBytes(8).toString('hex');
  const bmc = await startSimulatedBmc({
    ...machineOptions(name, kind),
    users: [{ name: 'admin', password }],
    ...(port === undefined ? {} : { port }),
  });
  bmc.state.sol.host = machineConsole({ name, chassis: bmc.state.chassis, print: (data) => bmc.state.sol.print(data) });
  const calm = MOODS[kind](bmc);
  return {
    name,
    kind,
    endpoint: { provider: 'simulated', host: '127.0.0.1', port: bmc.port, username: 'admin', password },
    stop: async () => {
      calm();
      await bmc.stop();
    },
  };
}

/** The same name is the same machine in every start: UUID and serial number come from it. */
function machineOptions(name: string, kind: SimulatedKind): SimulatedBmcOptions {
  const mark = createHash('sha256').update(`simulated ${name}`).digest();
  const guid = Buffer.from(mark.subarray(0, 16));
  // Version and variant of RFC 4122, in IPMI's order: least significant byte first.
  guid[9] = 0x40 | ((guid[9] ?? 0) & 0x0f);
  guid[7] = 0x80 | ((guid[7] ?? 0) & 0x3f);
  return {
    name,
    guid,
    powerOn: kind !== 'off',
    selCapacity: kind === 'full' ? FULL_LOG : 512,
    frus: defaultFrus(name.toUpperCase()),
    seed: mark.readUInt32LE(16),
    cycleMs: 1500,
    softOffMs: 2000,
  };
}

const FULL_LOG = 96;
const HOT = 97;
const CPU_TEMPERATURE = 1;
/** Away and back, ms. */
const FLAP = { there: 40_000, away: 15_000 };

/** What makes each kind special; answers how to end it. */
const MOODS: Record<SimulatedKind, (bmc: SimulatedBmc) => () => void> = {
  steady: (bmc) => {
    logStart(bmc);
    return () => undefined;
  },
  off: () => () => undefined,
  hot: (bmc) => {
    logStart(bmc);
    bmc.state.sensors.sensors.get(CPU_TEMPERATURE)?.set(HOT);
    return () => undefined;
  },
  flapping: (bmc) => {
    logStart(bmc);
    let timer: NodeJS.Timeout;
    const turn = (dead: boolean): void => {
      bmc.faults.set({ dead });
      timer = setTimeout(() => turn(!dead), dead ? FLAP.away : FLAP.there).unref();
    };
    turn(false);
    return () => clearTimeout(timer);
  },
  full: (bmc) => {
    const random = seededRandom(7);
    // Correctable memory errors, again and again, as a failing module makes them: type 0Ch, sensor-specific offset 0.
    for (let count = 0; count <= FULL_LOG; count += 1) {
      bmc.state.sel.addEvent({
        sensorType: 0x0c,
        sensor: 0x40,
        eventType: 0x6f,
        asserted: true,
        data: [0x20, 0xff, Math.floor(random() * 4)],
      });
    }
    return () => undefined;
  },
};

/** An AC-restored entry, so that the log of a healthy machine is not empty: power unit, offset 0 "power off", deasserted. */
function logStart(bmc: SimulatedBmc): void {
  bmc.state.sel.addEvent({ sensorType: 0x09, sensor: 12, eventType: 0x6f, asserted: false, data: [0x00] });
}
