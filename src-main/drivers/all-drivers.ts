import { commandDriver } from './command/command-driver.ts';
import type { AnyDriver } from './driver.ts';
import type { Provider } from './endpoints.ts';
import { ipmiDriver } from './ipmi/ipmi-driver.ts';
import { qemuDriver } from './qemu/qemu-driver.ts';
import { redfishDriver } from './redfish/redfish-driver.ts';
import { sshDriver } from './ssh/ssh-driver.ts';

/** A driver is only ever given endpoints of its own provider and links it made itself, which the compiler cannot see from here. */
export const allDrivers = {
  ipmi: ipmiDriver,
  // A simulated BMC speaks IPMI as any other.
  simulated: ipmiDriver,
  redfish: redfishDriver,
  ssh: sshDriver,
  qemu: qemuDriver,
  command: commandDriver,
} as unknown as Record<Provider, AnyDriver>;
