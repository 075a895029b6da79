import type { AnyDriver } from './driver.ts';
import type { Provider } from './endpoints.ts';
import { ipmiDriver } from './ipmi/ipmi-driver.ts';
import { redfishDriver } from './redfish/redfish-driver.ts';
import { sshDriver } from './ssh/ssh-driver.ts';

/** A simulated BMC speaks IPMI, so its driver is the same. */
export const allDrivers: Record<Provider, AnyDriver> = {
  ipmi: ipmiDriver,
  simulated: ipmiDriver,
  redfish: redfishDriver,
  ssh: sshDriver,
} as unknown as Record<Provider, AnyDriver>;
