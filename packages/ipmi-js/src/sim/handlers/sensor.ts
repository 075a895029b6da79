import { getPefParameter } from '../../commands/sensor/pef.js';
import {
  getLastProcessedEvent,
  getPefCapabilities,
  getSensorEventEnable,
  getSensorEventStatus,
  getSensorHysteresis,
  getSensorReading,
  getSensorReadingFactors,
  getSensorThresholds,
  getSensorType,
  platformEvent,
  setSensorThresholds,
  thresholdNames,
} from '../../commands/sensor/reading.js';
import { completion } from '../../wire/completion-codes.js';
import { CompletionFault, type HandlerTable } from '../handler-table.js';
import type { SimSensor } from '../state/sensors.js';
import type { BmcState } from '../state/index.js';

/** Readings, thresholds, events, and a PEF that is switched off. */
export function addSensorHandlers(table: HandlerTable, state: BmcState): void {
  const sensorOf = (number: number): SimSensor => {
    const sensor = state.sensors.sensors.get(number);
    if (sensor === undefined) throw new CompletionFault(completion.notPresent);
    return sensor;
  };
  const readable = (number: number): SimSensor => {
    const sensor = sensorOf(number);
    if (sensor.options.kind === 'event-only') throw new CompletionFault(completion.notPresent);
    return sensor;
  };
  table.on(getSensorReading, 'user', (request) => {
    const sensor = readable(request.sensor);
    const { raw, states } = state.sensors.read(sensor);
    const isAnalog = sensor.options.kind === 'analog';
    return {
      raw,
      unavailable: false,
      scanning: true,
      eventMessages: true,
      states: isAnalog ? states | 0xc0 : states & 0xff,
      moreStates: isAnalog ? undefined : (states >> 8) | 0x80,
    };
  });
  addThresholds(table, readable);
  table.on(getSensorEventEnable, 'user', (request) => {
    const { sdr } = readable(request.sensor);
    if (sdr.kind === 'event-only') throw new CompletionFault(completion.notPresent);
    return { scanning: true, eventMessages: true, assertions: sdr.assertionMask, deassertions: sdr.deassertionMask };
  });
  table.on(getSensorEventStatus, 'user', (request) => {
    const sensor = readable(request.sensor);
    const { states } = state.sensors.read(sensor);
    return {
      unavailable: false,
      scanning: true,
      eventMessages: true,
      assertions: sensor.options.kind === 'analog' ? spread(states) : states,
      deassertions: 0,
    };
  });
  table.on(getSensorType, 'user', (request) => {
    const { sdr } = sensorOf(request.sensor);
    return { sensorType: sdr.sensorType, eventType: sdr.eventType };
  });
  addEvents(table, state);
}

/** Threshold comparison bits as event bits: going low below, going high above. */
function spread(states: number): number {
  let out = 0;
  for (let index = 0; index < 6; index += 1) if ((states & (1 << index)) !== 0) out |= 1 << (index < 3 ? index * 2 : index * 2 + 1);
  return out;
}

function addThresholds(table: HandlerTable, readable: (number: number) => SimSensor): void {
  table.on(getSensorThresholds, 'user', (request) => {
    const sensor = readable(request.sensor);
    const at = (index: number): number => sensor.thresholds[index] ?? 0;
    return {
      readable: sensor.readable,
      lowerNonCritical: at(0),
      lowerCritical: at(1),
      lowerNonRecoverable: at(2),
      upperNonCritical: at(3),
      upperCritical: at(4),
      upperNonRecoverable: at(5),
    };
  });
  table.on(setSensorThresholds, 'operator', (request) => {
    const sensor = readable(request.sensor);
    if ((request.which & ~sensor.readable) !== 0) throw new CompletionFault(completion.invalidField);
    for (const [index, name] of thresholdNames.entries())
      if ((request.which & (1 << index)) !== 0) sensor.thresholds[index] = request[name];
  });
  table.on(getSensorHysteresis, 'user', (request) => {
    const { sdr } = readable(request.sensor);
    if (sdr.kind === 'event-only') throw new CompletionFault(completion.notPresent);
    return { positive: sdr.positiveHysteresis, negative: sdr.negativeHysteresis };
  });
  table.on(getSensorReadingFactors, 'user', (request) => {
    const { sdr } = readable(request.sensor);
    if (sdr.kind !== 'full') throw new CompletionFault(completion.illegalForRecord);
    return { nextReading: 0xff, factors: sdr.factors };
  });
}

function addEvents(table: HandlerTable, state: BmcState): void {
  table.on(platformEvent, 'operator', (request) => {
    const data = [request.data1, request.data2 ?? 0xff, request.data3 ?? 0xff];
    state.sel.addEvent({
      sensorType: request.sensorType,
      sensor: request.sensor,
      eventType: request.eventType,
      asserted: request.assertion,
      data,
    });
  });
  table.on(getPefCapabilities, 'user', () => ({
    version: 0x51,
    actions: { alert: false, powerDown: true, reset: true, powerCycle: true, oem: false, diagnostic: false },
    filters: 1,
  }));
  table.on(getLastProcessedEvent, 'administrator', () => ({
    time: { seconds: state.sel.lastAddition },
    lastSel: 0xffff,
    lastSoftware: 0,
    lastBmc: 0,
  }));
  const parameters = new Map<number, (set: number) => Buffer>([
    [0, () => Buffer.from([0])],
    [1, () => Buffer.from([0])],
    [2, () => Buffer.from([0])],
    [5, () => Buffer.from([1])],
    [6, (set) => Buffer.from([set, 0x40, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0])],
    [8, () => Buffer.from([1])],
    [9, (set) => Buffer.from([set, 0x10, 0x10, 0])],
    [10, () => Buffer.concat([Buffer.from([0]), state.identity.guid])],
  ]);
  table.on(getPefParameter, 'operator', (request) => {
    const data = parameters.get(request.parameter & 0x7f)?.(request.set);
    if (data === undefined) throw new CompletionFault(0x80);
    return { revision: 0x11, data };
  });
}
