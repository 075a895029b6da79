import { encodeSdr, type Sdr } from '../../decode/sdr.js';
import type { SelStore } from './sel-store.js';
import { SimSensor, type SensorOptions } from './sensors.js';

/** All sensors of a simulated BMC and the SDR repository that describes them. */
export class SensorBank {
  readonly sensors = new Map<number, SimSensor>();
  /** Encoded records by id. */
  readonly records = new Map<number, Buffer>();
  readonly builtAt = Math.floor(Date.now() / 1000);
  reservation = 0;
  readonly #sel: SelStore;
  readonly #began = performance.now();

  constructor(options: { sensors: readonly SensorOptions[]; bmcName: string; frus: readonly string[] }, sel: SelStore) {
    this.#sel = sel;
    let record = 1;
    this.#put(mcSdr(record, options.bmcName));
    for (const sensor of options.sensors) {
      record += 1;
      const simulated = new SimSensor(sensor, record);
      this.sensors.set(sensor.sensor, simulated);
      this.#put(simulated.sdr);
    }
    for (const [fru, name] of options.frus.entries()) {
      if (fru === 0) continue;
      record += 1;
      this.#put(fruSdr(record, { fru, name }));
    }
  }

  #put(sdr: Sdr): void {
    this.records.set(sdr.record, encodeSdr(sdr));
  }

  reserve(): number {
    this.reservation = (this.reservation % 0xffff) + 1;
    return this.reservation;
  }

  find(id: number): { data: Buffer; next: number } | undefined {
    const ids = [...this.records.keys()];
    const index = id === 0 ? 0 : id === 0xffff ? ids.length - 1 : ids.indexOf(id);
    const data = this.records.get(ids[index] ?? -1);
    return data === undefined ? undefined : { data, next: ids[index + 1] ?? 0xffff };
  }

  /** Reading now, with comparison bits or states. */
  read(sensor: SimSensor): { raw: number; states: number } {
    if (sensor.options.kind !== 'analog') return { raw: 0, states: sensor.states };
    const raw = sensor.raw(performance.now() - this.#began);
    return { raw, states: sensor.compare(raw) };
  }

  /** Asserts states of a discrete sensor and logs what changed. */
  setStates(sensor: SimSensor, states: number): void {
    const changed = sensor.states ^ states;
    sensor.states = states;
    for (let offset = 0; offset < 15; offset += 1) {
      if ((changed & (1 << offset)) === 0) continue;
      const { sensorType, eventType } = sensor.sdr;
      this.#sel.addEvent({ sensorType, sensor: sensor.sdr.sensor, eventType, asserted: (states & (1 << offset)) !== 0, data: [offset] });
    }
  }

  /** Looks at every analog sensor and logs thresholds crossed since the last look. */
  watch(): void {
    for (const sensor of this.sensors.values()) {
      if (sensor.options.kind !== 'analog') continue;
      const { raw, states } = this.read(sensor);
      const changed = states ^ sensor.crossed;
      sensor.crossed = states;
      if (changed !== 0) this.#logCrossings(sensor, { raw, states, changed });
    }
  }

  #logCrossings(sensor: SimSensor, seen: { raw: number; states: number; changed: number }): void {
    for (let index = 0; index < 6; index += 1) {
      if ((seen.changed & (1 << index)) === 0) continue;
      const offset = index < 3 ? index * 2 : index * 2 + 1;
      this.#sel.addEvent({
        sensorType: sensor.sdr.sensorType,
        sensor: sensor.sdr.sensor,
        eventType: 0x01,
        asserted: (seen.states & (1 << index)) !== 0,
        data: [0x50 | offset, seen.raw, sensor.thresholds[index] ?? 0],
      });
    }
  }
}

function mcSdr(record: number, name: string): Sdr {
  return {
    kind: 'mc',
    record,
    slaveAddress: 0x20,
    channel: 0,
    powerAndInit: 0,
    sensorDevice: true,
    sdrRepositoryDevice: true,
    selDevice: true,
    fruInventoryDevice: true,
    ipmbEventReceiver: false,
    ipmbEventGenerator: false,
    bridge: false,
    chassisDevice: true,
    entity: 0x07,
    entityInstance: 1,
    entityIsLogical: false,
    oem: 0,
    name,
  };
}

function fruSdr(record: number, { fru, name }: { fru: number; name: string }): Sdr {
  return {
    kind: 'fru',
    record,
    accessAddress: 0x20,
    fru,
    bus: 0,
    lun: 0,
    logical: true,
    channel: 0,
    deviceType: 0x10,
    deviceTypeModifier: 0,
    entity: 0x0a,
    entityInstance: fru,
    entityIsLogical: false,
    oem: 0,
    name,
  };
}
