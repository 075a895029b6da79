import type { LegacyAuth } from '../crypto/legacy-auth.js';
import type { FruBoard, FruChassis, FruProduct } from '../decode/fru.js';
import type { FaultSettings } from './faults.js';
import type { SerialHost, SolPortSettings } from './sol-port.js';
import type { LanOptions } from './state/lan-config.js';
import type { SensorOptions } from './state/sensors.js';
import type { UserOptions } from './state/users.js';

/** Areas of one FRU of a simulated machine. */
export interface SimFru {
  readonly name: string;
  readonly chassis?: FruChassis;
  readonly board?: FruBoard;
  readonly product?: FruProduct;
  readonly multirecords?: readonly Buffer[];
}

/** How a simulated BMC is to be; everything has a default. */
export interface SimulatedBmcOptions {
  /** Name in records and inventory. */
  readonly name?: string;
  /** Address to listen on, 127.0.0.1 when left out. */
  readonly host?: string;
  /** UDP port; 0 (default) takes a free one. */
  readonly port?: number;
  /** One administrator, admin/admin, when left out. */
  readonly users?: readonly UserOptions[];
  readonly kg?: string | Uint8Array;
  readonly guid?: Uint8Array;
  /** Cipher suites offered; 3 and 17 when left out. */
  readonly suites?: readonly number[];
  /** IPMI 1.5 authentication types offered; none when left out. */
  readonly legacy?: readonly LegacyAuth[];
  readonly sessionLimit?: number;
  readonly sessionTimeoutMs?: number;
  readonly powerOn?: boolean;
  /** Time without power in a power cycle, and time a soft shutdown takes. */
  readonly cycleMs?: number;
  readonly softOffMs?: number;
  readonly sensors?: readonly SensorOptions[];
  /** How often sensors are looked at for events; 0 never. Default 1,000. */
  readonly sensorTickMs?: number;
  readonly selCapacity?: number;
  readonly frus?: readonly SimFru[];
  readonly lan?: Omit<LanOptions, 'suites'>;
  /** What is at the serial port: `echo` (default) sends everything back, `boot` prints a boot log at power on, or a host of your own. */
  readonly serial?: SerialHost | 'echo' | 'boot';
  /** Answer PICMG and HPM.1 questions as an AdvancedTCA controller does. */
  readonly picmg?: boolean;
  readonly sol?: Partial<SolPortSettings>;
  readonly firmware?: readonly [major: number, minor: number];
  readonly manufacturerId?: number;
  readonly productId?: number;
  readonly assetTag?: string;
  readonly faults?: Partial<FaultSettings>;
  /** Seed of the faults' chance. */
  readonly seed?: number;
}

/** Chassis, board and product of a made-up server, and a power supply. */
export function defaultFrus(name: string): SimFru[] {
  const serial = `SN-${name}`;
  return [
    {
      name: 'Builtin FRU',
      chassis: { type: 0x17, partNumber: 'SIM-CH-1U', serial: `${serial}-C`, custom: [] },
      board: {
        madeAt: new Date(Date.UTC(2024, 0, 15, 8, 30)),
        manufacturer: 'Simulated',
        product: 'SIM-BOARD',
        serial: `${serial}-B`,
        partNumber: 'SIM-BRD-001',
        fruFileId: 'fru-1',
        custom: [],
      },
      product: {
        manufacturer: 'Simulated',
        name: 'Virtual Server',
        partNumber: 'SIM-100',
        version: '1.0',
        serial,
        assetTag: `asset-${name}`,
        fruFileId: '',
        custom: [],
      },
    },
    {
      name: 'PSU1 FRU',
      product: {
        manufacturer: 'Simulated',
        name: 'PSU 750W',
        partNumber: 'SIM-PSU-750',
        version: 'A',
        serial: `${serial}-P1`,
        assetTag: '',
        fruFileId: '',
        custom: [],
      },
    },
  ];
}
