import { getChannelInfo } from '../../commands/app/channel.js';
import { coldReset, describeSelfTest, getSelfTest, getSystemGuid, warmReset } from '../../commands/app/device.js';
import { getDeviceId } from '../../commands/app/get-device-id.js';
import { getWatchdog } from '../../commands/app/watchdog.js';
import { describeManufacturer } from '../../decode/tables/manufacturers.js';
import type { Value } from '../../wire/codec.js';
import { cliCommand, wholeNumber, type CliCommand } from '../command.js';
import { hex, pairs, yes } from '../format.js';

type DeviceId = Value<(typeof getDeviceId)['response']>;

const support = [
  ['sensorDevice', 'Sensor Device'],
  ['sdrRepositoryDevice', 'SDR Repository Device'],
  ['selDevice', 'SEL Device'],
  ['fruInventoryDevice', 'FRU Inventory Device'],
  ['ipmbEventReceiver', 'IPMB Event Receiver'],
  ['ipmbEventGenerator', 'IPMB Event Generator'],
  ['bridge', 'Bridge'],
  ['chassisDevice', 'Chassis Device'],
] as const;

function deviceText(id: DeviceId): string {
  const rows = pairs(
    [
      ['Device ID', id.deviceId],
      ['Device Revision', id.deviceRevision],
      ['Firmware Revision', `${id.firmwareMajor}.${hex(id.firmwareMinor)}`],
      ['IPMI Version', `${id.ipmiVersion & 0x0f}.${id.ipmiVersion >> 4}`],
      ['Manufacturer ID', id.manufacturerId],
      ['Manufacturer Name', describeManufacturer(id.manufacturerId)],
      ['Product ID', `${id.productId} (0x${hex(id.productId, 4)})`],
      ['Device Available', yes(id.available)],
      ['Provides Device SDRs', yes(id.providesDeviceSdrs)],
      ['Additional Device Support', ''],
    ],
    26,
  );
  const devices = support.filter(([key]) => id[key]).map(([, title]) => `    ${title}`);
  const auxiliary =
    id.auxiliaryFirmware === undefined
      ? []
      : ['Aux Firmware Rev Info     :', ...[...id.auxiliaryFirmware].map((byte) => `    0x${hex(byte)}`)];
  return [rows, ...devices, ...auxiliary].join('\n');
}

/** The GUID in its usual form; the bytes of the wire are least significant first (IPMI 2.0 20.8). */
export function guidText(guid: Buffer): string {
  const digits = Buffer.from(guid).reverse().toString('hex');
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join('-');
}

export const controllerCommands: readonly CliCommand[] = [
  cliCommand({
    words: 'mc info',
    help: 'firmware, maker, abilities of the BMC',
    run: (client) => client.send(getDeviceId, undefined),
    text: deviceText,
  }),
  cliCommand({ words: 'bmc info', help: 'as mc info', run: (client) => client.send(getDeviceId, undefined), text: deviceText }),
  cliCommand({
    words: 'mc guid',
    help: 'GUID of the system',
    run: async (client) => ({ guid: guidText((await client.send(getSystemGuid, undefined)).guid) }),
    text: (value) => `System GUID   : ${value.guid}`,
  }),
  cliCommand({
    words: 'mc selftest',
    help: 'result of the self test',
    run: async (client) => describeSelfTest(await client.send(getSelfTest, undefined)),
    text: (value) => `Selftest: ${[value.verdict, ...value.failures].join(', ')}`,
  }),
  ...(
    [
      ['cold', coldReset],
      ['warm', warmReset],
    ] as const
  ).map(([kind, command]) =>
    cliCommand({
      words: `mc reset ${kind}`,
      help: `restart the BMC (${kind})`,
      run: async (client) => {
        await client.send(command, undefined);
        // The session died with it: saying goodbye would only wait in vain.
        (await client.session()).abandon();
        return { reset: kind };
      },
      text: (value) => `Sent ${value.reset} reset command to MC`,
    }),
  ),
  cliCommand({
    words: 'mc watchdog get',
    help: 'watchdog timer',
    run: (client) => client.send(getWatchdog, undefined),
    text: (value) =>
      pairs(
        [
          ['Watchdog Timer Use', String(value.use)],
          ['Watchdog Timer Is', value.running ? 'Started/Running' : 'Stopped'],
          ['Watchdog Timer Logging', value.log ? 'On' : 'Off'],
          ['Watchdog Timer Action', String(value.action)],
          ['Pre-timeout interrupt', String(value.interrupt)],
          ['Pre-timeout interval', `${value.preTimeoutSeconds} seconds`],
          ['Initial Countdown', `${(value.initialCountdown / 10).toFixed(1)} sec`],
          ['Present Countdown', `${(value.presentCountdown / 10).toFixed(1)} sec`],
        ],
        24,
      ),
  }),
  cliCommand({
    words: 'channel info',
    usage: '[CHANNEL]',
    help: 'medium and sessions of a channel',
    run: (client, [word]) => client.send(getChannelInfo, { channel: word === undefined ? 0x0e : wholeNumber(word, 'a channel') }),
    text: (value) =>
      pairs(
        [
          ['Channel', value.channel],
          ['Channel Medium Type', String(value.medium)],
          ['Channel Protocol Type', String(value.protocol)],
          ['Session Support', String(value.sessionSupport)],
          ['Active Session Count', value.activeSessions],
          ['Protocol Vendor ID', value.vendorId],
        ],
        22,
      ),
  }),
];
