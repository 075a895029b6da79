import { getComponentProperties, getPicmgProperties, getUpgradeCapabilities } from '../../commands/picmg/picmg.js';
import { completion } from '../../wire/completion-codes.js';
import { CompletionFault, type HandlerTable } from '../handler-table.js';
import type { BmcState } from '../state/index.js';

/** What an AdvancedTCA controller with HPM.1 says of itself; only there when the options of the simulated BMC want it. */
export function addPicmgHandlers(table: HandlerTable, state: BmcState): void {
  table.on(getPicmgProperties, 'user', () => ({ version: 0x32, maximumFru: 1, fru: 0 }));
  table.on(getUpgradeCapabilities, 'user', () => ({
    hpmVersion: 0,
    selfTest: true,
    automaticRollback: false,
    manualRollback: true,
    servicesAffected: false,
    deferredActivation: false,
    payloadAffected: false,
    rollbackOverridden: false,
    ipmcDegraded: false,
    upgradeTimeout: 12,
    selfTestTimeout: 2,
    rollbackTimeout: 12,
    inaccessibleTimeout: 6,
    components: 0x01,
  }));
  const [major, minor] = state.identity.firmware;
  const properties = new Map<number, Buffer>([
    [0, Buffer.from([0x00])],
    [1, Buffer.from([major, minor, 0, 0, 0, 0])],
    [2, Buffer.from('BMC'.padEnd(12, '\0'), 'latin1')],
  ]);
  table.on(getComponentProperties, 'user', (request) => {
    const data = request.component === 0 ? properties.get(request.selector) : undefined;
    if (data === undefined) throw new CompletionFault(completion.invalidField);
    return { data };
  });
}
