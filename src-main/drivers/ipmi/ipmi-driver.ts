import type { Driver } from '../driver.ts';
import { DriverError } from '../driver-error.ts';
import type { IpmiEndpoint } from '../endpoints.ts';
import { bootDevice, identify, power } from './chassis.ts';
import { firmware, fru, identity } from './inventory.ts';
import { openIpmi, type IpmiLink } from './ipmi-link.ts';
import { readLog, clearLog } from './event-log.ts';
import { readAllSensors } from './sensors.ts';
import { openSolConsole } from './sol-console.ts';
import { translateIpmi } from './translate.ts';

/** IPMI 2.0 over LAN; also for simulated BMCs, which speak nothing else. */
export const ipmiDriver: Driver<IpmiEndpoint, IpmiLink> = {
  address: ({ host, port, username }) => `${host}:${port ?? 623} ${username}`,
  open: openIpmi,
  close: ({ client }) => client.close(),
  handlers: {
    identity,
    power,
    bootDevice,
    sensors: { read: readAllSensors },
    sel: { read: readLog, clear: clearLog },
    fru,
    identify,
    firmware,
  },
  openConsole: openSolConsole,
  translate: (error) => translateIpmi(error) ?? unresolved(error),
};

/** The name of a BMC is looked up before anything is sent. */
function unresolved(error: unknown): DriverError | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  return code === 'ENOTFOUND' ? new DriverError('OOBM_UNREACHABLE', 'The name of the BMC is not known. Check its address.') : undefined;
}
