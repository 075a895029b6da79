import { bit, bits, span } from '../../wire/bits.js';
import { empty, merge, rest, struct, u8 } from '../../wire/codec.js';
import { query } from '../../wire/command.js';
import { netFn } from '../../wire/net-fn.js';

const place = { netFn: netFn.groupExtension, group: 0x00 } as const;

/** Get PICMG Properties (PICMG 3.0): present on ATCA, AMC and MicroTCA controllers. `version` is BCD, low digit major. */
export const getPicmgProperties = query({
  ...place,
  name: 'Get PICMG Properties',
  code: 0x00,
  request: empty,
  response: struct({ version: u8, maximumFru: u8, fru: u8 }),
});

/** Get Target Upgrade Capabilities (HPM.1 3.3). Timeouts are in steps of 5 s. */
export const getUpgradeCapabilities = query({
  ...place,
  name: 'Get Target Upgrade Capabilities',
  code: 0x2e,
  request: empty,
  response: merge(
    struct({ hpmVersion: u8 }),
    bits(1, {
      selfTest: bit(0),
      automaticRollback: bit(1),
      manualRollback: bit(2),
      servicesAffected: bit(3),
      deferredActivation: bit(4),
      payloadAffected: bit(5),
      rollbackOverridden: bit(6),
      ipmcDegraded: bit(7),
    }),
    struct({ upgradeTimeout: u8, selfTestTimeout: u8, rollbackTimeout: u8, inaccessibleTimeout: u8 }),
    bits(1, { components: span(0, 8) }),
  ),
});

/** Get Component Properties (HPM.1 3.5): selector 0 general, 1 present version, 2 description, 3 rollback version. */
export const getComponentProperties = query({
  ...place,
  name: 'Get Component Properties',
  code: 0x2f,
  request: struct({ component: u8, selector: u8 }),
  response: struct({ data: rest }),
});
