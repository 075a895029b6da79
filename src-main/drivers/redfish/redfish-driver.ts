import type { Driver } from '../driver.ts';
import type { RedfishEndpoint } from '../endpoints.ts';
import { bootDevice, identify, power } from './chassis.ts';
import { clearLog, readLog } from './event-log.ts';
import { translateRedfish } from './http.ts';
import { firmware, fru, identity } from './inventory.ts';
import { openRedfish, type RedfishLink } from './redfish-link.ts';
import { readAllSensors } from './sensors.ts';
import { virtualMedia } from './virtual-media.ts';

/** Redfish (DMTF DSP0266) over HTTP. It has no console of its own: serial-over-LAN and SSH do that. */
export const redfishDriver: Driver<RedfishEndpoint, RedfishLink> = {
  address: ({ url, username, system }) => `${url} ${username} ${system ?? ''}`,
  open: openRedfish,
  close: ({ service }) => service.close(),
  handlers: {
    identity,
    power,
    bootDevice,
    virtualMedia,
    sensors: { read: readAllSensors },
    sel: { read: readLog, clear: clearLog },
    fru,
    identify,
    firmware,
  },
  translate: translateRedfish,
};
