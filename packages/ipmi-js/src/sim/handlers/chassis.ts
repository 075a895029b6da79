import { chassisControl, chassisIdentify, getBootOption, setBootOption, setPowerRestorePolicy } from '../../commands/chassis/control.js';
import { getChassisCapabilities, getChassisStatus, getPowerOnHours, getRestartCause } from '../../commands/chassis/status.js';
import { completion } from '../../wire/completion-codes.js';
import { CompletionFault, type HandlerTable } from '../handler-table.js';
import type { BmcState } from '../state/index.js';
import type { ChassisState } from '../state/chassis.js';

/** Power, restore policy, identify light, boot options. */
export function addChassisHandlers(table: HandlerTable, state: BmcState): void {
  const { chassis } = state;
  table.on(getChassisCapabilities, 'user', () => ({
    intrusion: true,
    frontPanelLockout: false,
    diagnosticInterrupt: true,
    powerInterlock: false,
    fruAddress: 0x20,
    sdrAddress: 0x20,
    selAddress: 0x20,
    systemManagementAddress: 0x20,
    bridgeAddress: 0x20,
  }));
  table.on(getChassisStatus, 'user', () => statusOf(chassis));
  table.on(chassisControl, 'operator', (request) => {
    if (typeof request.action === 'number') throw new CompletionFault(completion.invalidField);
    if (!chassis.execute(request.action)) throw new CompletionFault(completion.invalidState);
  });
  table.on(chassisIdentify, 'operator', (request) => {
    const seconds = request.force?.indefinitely === true ? 'indefinite' : (request.seconds ?? 15);
    chassis.identifyUntil = seconds === 'indefinite' ? Infinity : seconds === 0 ? undefined : Date.now() + seconds * 1000;
    chassis.emit('identify', seconds === 0 ? 'off' : seconds);
  });
  table.on(setPowerRestorePolicy, 'operator', (request) => {
    if (typeof request.policy === 'number') throw new CompletionFault(completion.invalidField);
    if (request.policy !== 'no-change') chassis.policy = request.policy;
    return { alwaysOff: true, previous: true, alwaysOn: true };
  });
  table.on(getRestartCause, 'user', () => ({ cause: chassis.restartCause, channel: 1 }));
  table.on(getPowerOnHours, 'user', () => ({ minutesPerCount: 60, counter: Math.floor(chassis.minutesOn / 60) }));
  addBootOptions(table, chassis);
}

function statusOf(chassis: ChassisState) {
  const { identifyUntil } = chassis;
  const identifyState =
    identifyUntil === Infinity ? 'indefinite' : identifyUntil !== undefined && identifyUntil > Date.now() ? 'temporary' : 'off';
  const commanded = chassis.counters.on + chassis.counters.cycle > 0;
  return {
    powerOn: chassis.powerOn,
    powerOverload: false,
    powerInterlock: false,
    powerFault: false,
    powerControlFault: false,
    powerRestorePolicy: chassis.policy,
    lastEventAcFailed: false,
    lastEventOverload: false,
    lastEventInterlock: false,
    lastEventFault: false,
    lastEventCommand: commanded,
    chassisIntrusion: false,
    frontPanelLockout: false,
    driveFault: false,
    coolingFault: false,
    identifyState,
    identifySupported: true,
    frontPanel: {
      powerOffButtonDisabled: false,
      resetButtonDisabled: false,
      diagnosticButtonDisabled: false,
      standbyButtonDisabled: false,
      powerOffButtonDisableAllowed: false,
      resetButtonDisableAllowed: false,
      diagnosticButtonDisableAllowed: false,
      standbyButtonDisableAllowed: false,
    },
  } as const;
}

function addBootOptions(table: HandlerTable, chassis: ChassisState): void {
  table.on(setBootOption, 'operator', (request) => {
    const known = chassis.bootOptions.get(request.parameter);
    if (known === undefined) throw new CompletionFault(0x80);
    if (request.data.length > known.length) throw new CompletionFault(completion.lengthInvalid);
    if (request.markInvalid) chassis.invalidBootOptions.add(request.parameter);
    else chassis.invalidBootOptions.delete(request.parameter);
    if (request.data.length > 0)
      chassis.bootOptions.set(request.parameter, Buffer.concat([request.data, known.subarray(request.data.length)]));
  });
  table.on(getBootOption, 'operator', (request) => {
    const data = chassis.bootOptions.get(request.parameter);
    if (data === undefined) throw new CompletionFault(0x80);
    return { version: 1, parameter: request.parameter, invalid: chassis.invalidBootOptions.has(request.parameter), data };
  });
}
