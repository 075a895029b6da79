import { getWatchdog, resetWatchdog, setWatchdog } from '../../commands/app/watchdog.js';
import {
  activatePowerLimit,
  getAssetTag,
  getDcmiCapabilities,
  getPowerLimit,
  getPowerReading,
  setPowerLimit,
} from '../../commands/dcmi/dcmi.js';
import { completion } from '../../wire/completion-codes.js';
import { CompletionFault, type HandlerTable } from '../handler-table.js';
import type { BmcState } from '../state/index.js';

/** Watchdog and DCMI. */
export function addPlatformHandlers(table: HandlerTable, state: BmcState): void {
  const { watchdog } = state;
  table.on(getWatchdog, 'user', () => {
    const { settings } = watchdog;
    return { ...settings, running: watchdog.running, expiredUses: watchdog.expiredUses, presentCountdown: watchdog.presentCountdown };
  });
  table.on(setWatchdog, 'operator', (request) => watchdog.set(request));
  table.on(resetWatchdog, 'operator', () => {
    if (!watchdog.isSet) throw new CompletionFault(0x80);
    watchdog.restart();
  });
  addPower(table, state);
  table.on(getAssetTag, 'user', (request) => {
    const tag = Buffer.from(state.assetTag, 'latin1');
    if (request.offset > tag.length || request.count > 16) throw new CompletionFault(completion.outOfRange);
    return { length: tag.length, data: tag.subarray(request.offset, request.offset + request.count) };
  });
}

/** Bits of DCMI capabilities by parameter (DCMI 1.5 table 6-3). */
const capabilities = new Map<number, Buffer>([
  [1, Buffer.from([0x00, 0x01, 0x07])],
  [2, Buffer.from([0x00, 0x02, 0x00, 0x00, 0x00])],
  [3, Buffer.from([0x20, 0x00])],
  [4, Buffer.from([0x01, 0xff, 0xff])],
  [5, Buffer.from([0x01, 0x45])],
]);

function addPower(table: HandlerTable, state: BmcState): void {
  table.on(getDcmiCapabilities, 'user', (request) => {
    const data = capabilities.get(request.parameter);
    if (data === undefined) throw new CompletionFault(completion.invalidField);
    return { major: 1, minor: 5, revision: 2, data };
  });
  const seen = { minimum: Infinity, maximum: 0, sum: 0, count: 0 };
  table.on(getPowerReading, 'user', () => {
    const current = state.watts();
    seen.minimum = Math.min(seen.minimum, current);
    seen.maximum = Math.max(seen.maximum, current);
    seen.sum += current;
    seen.count += 1;
    const average = Math.round(seen.sum / seen.count);
    return { current, minimum: seen.minimum, maximum: seen.maximum, average, time: state.sel.time, periodMs: 1000, active: true };
  });
  const { powerLimit } = state;
  table.on(getPowerLimit, 'user', () => {
    if (!powerLimit.active && powerLimit.watts === 0) throw new CompletionFault(0x80);
    return powerLimit;
  });
  table.on(setPowerLimit, 'operator', (request) => {
    const { watts, correctionMs, samplingSeconds, exceptionAction } = request;
    const number = typeof exceptionAction === 'number' ? exceptionAction : { none: 0, 'power-off': 1, log: 0x11 }[exceptionAction];
    Object.assign(powerLimit, { watts, correctionMs, samplingSeconds, exceptionAction: number });
  });
  table.on(activatePowerLimit, 'operator', (request) => {
    powerLimit.active = request.active;
  });
}
