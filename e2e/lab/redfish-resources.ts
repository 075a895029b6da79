export type Json = Record<string, unknown>;

export const SYSTEM = '/redfish/v1/Systems/1';
export const LOG = '/redfish/v1/Managers/bmc/LogServices/Sel';
/** Entries of the log at the start. */
export const LOG_ENTRIES = 130;

const link = (path: string): Json => ({ '@odata.id': path });
const members = (...paths: string[]): Json => ({ Members: paths.map(link) });

/** What the service knows at the start, by path. */
export function initialResources(): Map<string, Json> {
  const bmc = '/redfish/v1/Managers/bmc';
  const chassis = '/redfish/v1/Chassis/1U';
  const drive = `${bmc}/VirtualMedia/1`;
  const sensor = (name: string, more: Json): [string, Json] => [
    `${chassis}/Sensors/${name}`,
    { '@odata.id': `${chassis}/Sensors/${name}`, Id: name, Name: name, Status: { State: 'Enabled', Health: 'OK' }, ...more },
  ];
  return new Map<string, Json>([
    [
      '/redfish/v1',
      {
        RedfishVersion: '1.15.0',
        Vendor: 'Contoso',
        UUID: '11111111-2222-4333-8444-555555555555',
        Systems: link('/redfish/v1/Systems'),
        UpdateService: link('/redfish/v1/UpdateService'),
        SessionService: link('/redfish/v1/SessionService'),
        Links: { Sessions: link('/redfish/v1/SessionService/Sessions') },
      },
    ],
    ['/redfish/v1/Systems', members(SYSTEM)],
    [
      SYSTEM,
      {
        '@odata.id': SYSTEM,
        Id: '1',
        Name: 'System',
        UUID: 'AAAAAAAA-BBBB-4CCC-8DDD-EEEEEEEEEEEE',
        Manufacturer: 'Contoso',
        Model: 'C-1000',
        SerialNumber: 'C1234',
        HostName: 'web-7',
        BiosVersion: '2.4',
        PowerState: 'On',
        LocationIndicatorActive: false,
        Boot: {
          BootSourceOverrideEnabled: 'Disabled',
          BootSourceOverrideTarget: 'None',
          BootSourceOverrideMode: 'UEFI',
          'BootSourceOverrideTarget@Redfish.AllowableValues': ['None', 'Pxe', 'Cd', 'Hdd', 'UefiHttp'],
        },
        Links: { Chassis: [link(chassis)], ManagedBy: [link(bmc)] },
        Actions: {
          '#ComputerSystem.Reset': { target: `${SYSTEM}/Actions/ComputerSystem.Reset`, '@Redfish.ActionInfo': `${SYSTEM}/ResetInfo` },
        },
      },
    ],
    [
      `${SYSTEM}/ResetInfo`,
      { Parameters: [{ Name: 'ResetType', AllowableValues: ['On', 'ForceOff', 'ForceRestart', 'GracefulShutdown', 'PowerCycle'] }] },
    ],
    [
      bmc,
      {
        '@odata.id': bmc,
        Id: 'bmc',
        Name: 'BMC',
        FirmwareVersion: '7.1',
        VirtualMedia: link(`${bmc}/VirtualMedia`),
        LogServices: link(`${bmc}/LogServices`),
      },
    ],
    [`${bmc}/VirtualMedia`, members(drive)],
    [
      drive,
      {
        '@odata.id': drive,
        Id: '1',
        Name: 'Virtual CD',
        MediaTypes: ['CD', 'DVD'],
        Image: null,
        Inserted: false,
        Actions: {
          '#VirtualMedia.InsertMedia': { target: `${drive}/Actions/VirtualMedia.InsertMedia` },
          '#VirtualMedia.EjectMedia': { target: `${drive}/Actions/VirtualMedia.EjectMedia` },
        },
      },
    ],
    [`${bmc}/LogServices`, members(LOG)],
    [
      LOG,
      {
        '@odata.id': LOG,
        Id: 'Sel',
        LogEntryType: 'SEL',
        MaxNumberOfRecords: 512,
        Entries: link(`${LOG}/Entries`),
        Actions: { '#LogService.ClearLog': { target: `${LOG}/Actions/LogService.ClearLog` } },
      },
    ],
    [`${LOG}/Entries`, { Id: 'Entries', Members: Array.from({ length: LOG_ENTRIES }, (_, index) => logEntry(LOG_ENTRIES - index)) }],
    [chassis, { '@odata.id': chassis, Id: '1U', Name: 'Chassis', SerialNumber: 'CH-9', Sensors: link(`${chassis}/Sensors`) }],
    [`${chassis}/Sensors`, members(`${chassis}/Sensors/Inlet`, `${chassis}/Sensors/Fan1`)],
    sensor('Inlet', { Reading: 24.5, ReadingUnits: 'Cel', ReadingType: 'Temperature', Thresholds: { UpperCritical: { Reading: 45 } } }),
    sensor('Fan1', { Reading: 500, ReadingUnits: 'RPM', ReadingType: 'Rotational', Status: { State: 'Enabled', Health: 'Warning' } }),
    ['/redfish/v1/UpdateService', { FirmwareInventory: link('/redfish/v1/UpdateService/FirmwareInventory') }],
    ['/redfish/v1/UpdateService/FirmwareInventory', members('/redfish/v1/UpdateService/FirmwareInventory/BIOS')],
    [
      '/redfish/v1/UpdateService/FirmwareInventory/BIOS',
      {
        '@odata.id': '/redfish/v1/UpdateService/FirmwareInventory/BIOS',
        Id: 'BIOS',
        Name: 'System BIOS',
        Version: '2.4',
        Updateable: true,
      },
    ],
  ]);
}

function logEntry(number: number): Json {
  return {
    '@odata.id': `${LOG}/Entries/${number}`,
    Id: String(number),
    Created: new Date(Date.UTC(2026, 0, 1, 0, number)).toISOString(),
    Severity: number % 10 === 0 ? 'Critical' : 'OK',
    Message: `Event ${number}`,
    SensorType: 'Temperature',
  };
}
