import type { Faults } from '../faults.js';
import type { LegacyResponder } from '../legacy-responder.js';
import type { SessionTable } from '../session-table.js';
import type { SolPort } from '../sol-port.js';
import type { ChassisState } from './chassis.js';
import type { SelStore } from './sel-store.js';
import type { SensorBank } from './sensor-bank.js';
import type { UserTable } from './users.js';
import type { Watchdog } from './watchdog.js';

/** Who the simulated BMC says it is. */
export interface Identity {
  readonly guid: Buffer;
  readonly deviceId: number;
  readonly firmware: readonly [major: number, minor: number];
  readonly manufacturerId: number;
  readonly productId: number;
}

/** Power limit of DCMI. */
export interface PowerLimit {
  active: boolean;
  watts: number;
  correctionMs: number;
  samplingSeconds: number;
  exceptionAction: number;
}

/** Everything the handlers of a simulated BMC work on. */
export interface BmcState {
  readonly identity: Identity;
  readonly users: UserTable;
  readonly sessions: SessionTable;
  readonly legacy: LegacyResponder;
  readonly chassis: ChassisState;
  readonly sensors: SensorBank;
  readonly sel: SelStore;
  /** FRU bytes by device id. */
  readonly frus: Buffer[];
  readonly watchdog: Watchdog;
  readonly lan: Map<number, Buffer>;
  readonly solSettings: Map<number, Buffer>;
  readonly sol: SolPort;
  readonly suites: readonly number[];
  readonly kgSet: boolean;
  readonly faults: Faults;
  readonly powerLimit: PowerLimit;
  readonly assetTag: string;
  /** Watts drawn now. */
  watts(): number;
  /** Restarts the BMC: sessions end. */
  reset(): void;
}
