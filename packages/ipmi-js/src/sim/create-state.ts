import { createHash } from 'node:crypto';
import { payloadType } from '../rmcpplus/packet.js';
import { encodeFru } from '../decode/fru.js';
import type { Faults } from './faults.js';
import { bootConsole } from './boot-console.js';
import { HandshakeResponder } from './handshake-responder.js';
import { LegacyResponder } from './legacy-responder.js';
import { defaultFrus, type SimulatedBmcOptions } from './options.js';
import { SessionTable, type SimSession } from './session-table.js';
import { echoHost, SolPort, solPortDefaults } from './sol-port.js';
import { ChassisState } from './state/chassis.js';
import type { BmcState, Identity } from './state/index.js';
import { lanParameters, solParameters } from './state/lan-config.js';
import { SelStore } from './state/sel-store.js';
import { SensorBank } from './state/sensor-bank.js';
import { serverSensors } from './state/sensor-presets.js';
import { UserTable } from './state/users.js';
import { Watchdog } from './state/watchdog.js';

/** An answer or payload on its way to the console of a session, through the faults. */
export function sendInSession(faults: Faults, session: SimSession, out: { type: number; payload: Buffer }): void {
  faults.deliver(session.envelope.seal(out.type, out.payload), true, (datagram) => session.peer.send(datagram));
}

function identityOf(options: SimulatedBmcOptions, name: string): Identity {
  return {
    guid: Buffer.from(options.guid ?? createHash('md5').update(name).digest()),
    deviceId: 0x20,
    firmware: options.firmware ?? [1, 0x10],
    manufacturerId: options.manufacturerId ?? 7154,
    productId: options.productId ?? 1,
  };
}

function powerSensorWatts(sensors: SensorBank): number {
  for (const sensor of sensors.sensors.values()) {
    if (sensor.options.kind === 'analog' && sensor.options.unit === 6) return Math.round(sensor.value(sensors.read(sensor).raw));
  }
  return 150;
}

/** Builds all parts of a simulated BMC from its options. */
export function createBmcState(options: SimulatedBmcOptions, faults: Faults): { state: BmcState; handshakes: HandshakeResponder } {
  const name = options.name ?? 'sim';
  const suites = options.suites ?? [3, 17];
  const users = new UserTable(options.users ?? [{ name: 'admin', password: 'admin' }]);
  const sessions = new SessionTable({ limit: options.sessionLimit ?? 16, timeoutMs: options.sessionTimeoutMs ?? 60_000 });
  const sel = new SelStore(options.selCapacity);
  const frus = options.frus ?? defaultFrus(name);
  const sensors = new SensorBank(
    { sensors: options.sensors ?? serverSensors(), bmcName: `${name} BMC`.slice(0, 16), frus: frus.map((fru) => fru.name) },
    sel,
  );
  const chassis = new ChassisState({
    powerOn: options.powerOn ?? false,
    cycleMs: options.cycleMs ?? 1000,
    softOffMs: options.softOffMs ?? 1000,
  });
  const kg = options.kg === undefined ? undefined : Buffer.from(options.kg);
  const identity = identityOf(options, name);
  const sol = new SolPort(
    typeof options.serial === 'object' ? options.serial : echoHost,
    { ...solPortDefaults, ...options.sol },
    (session, payload) => sendInSession(faults, session, { type: payloadType.sol, payload }),
  );
  if (options.serial === 'boot') sol.host = bootConsole(chassis, (data) => sol.print(data), { hostname: name });
  sessions.onClose((session) => sol.deactivate(session));
  const handshakes = new HandshakeResponder({ users, sessions, faults, guid: identity.guid, kg, suites });
  const state: BmcState = {
    identity,
    users,
    sessions,
    legacy: new LegacyResponder(users, sessions, options.legacy ?? []),
    chassis,
    sensors,
    sel,
    frus: frus.map(encodeFru),
    watchdog: new Watchdog(chassis, (action) => logWatchdog(sel, action)),
    lan: lanParameters({ ...options.lan, suites }),
    solSettings: solParameters(options.port ?? 623),
    sol,
    suites,
    kgSet: kg !== undefined,
    faults,
    powerLimit: { active: false, watts: 0, correctionMs: 0, samplingSeconds: 0, exceptionAction: 0 },
    assetTag: options.assetTag ?? `asset-${name}`,
    watts: () => (chassis.powerOn ? powerSensorWatts(sensors) : 12),
    reset: () => {
      sessions.closeAll();
      handshakes.clear();
    },
  };
  return { state, handshakes };
}

const watchdogOffsets: Readonly<Record<string, number>> = { none: 0, 'hard-reset': 1, 'power-down': 2, 'power-cycle': 3 };

function logWatchdog(sel: SelStore, action: string | number): void {
  sel.addEvent({ sensorType: 0x23, sensor: 15, eventType: 0x6f, asserted: true, data: [0xc0 | (watchdogOffsets[action] ?? 0)] });
}
