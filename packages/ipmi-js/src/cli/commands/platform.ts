import { deactivatePayload } from '../../commands/app/session.js';
import { getPowerLimit, getPowerReading } from '../../commands/dcmi/dcmi.js';
import { getSolParameter, solBitRates, solParameter } from '../../commands/transport/sol.js';
import type { IpmiClient } from '../../client/client.js';
import { readPef } from '../../operations/pef.js';
import { payloadType } from '../../rmcpplus/packet.js';
import { CompletionError, isCompletion } from '../../wire/command.js';
import { cliCommand, wholeNumber, type CliCommand } from '../command.js';
import { hex, pairs, selTimeText } from '../format.js';
import { UsageError } from '../options.js';

async function solByte(client: IpmiClient, parameter: number): Promise<Buffer | undefined> {
  try {
    return (await client.send(getSolParameter, { channel: 0x0e, revisionOnly: false, parameter, set: 0, block: 0 })).data;
  } catch (error) {
    if (isCompletion(error)) return undefined;
    throw error;
  }
}

function rate(byte: number | undefined): string {
  if (byte === undefined) return 'unknown';
  const found = solBitRates.get(byte & 0x0f);
  return found === undefined ? 'as the serial port' : (found / 1000).toFixed(1);
}

const solInfo = cliCommand({
  words: 'sol info',
  help: 'settings of Serial over LAN',
  run: async (client) => {
    const [enable, authentication, retry] = [
      await solByte(client, solParameter.enable),
      await solByte(client, solParameter.authentication),
      await solByte(client, solParameter.retry),
    ];
    const [present, stored, port] = [
      await solByte(client, solParameter.volatileBitRate),
      await solByte(client, solParameter.nonVolatileBitRate),
      await solByte(client, solParameter.port),
    ];
    return {
      enabled: enable && ((enable[0] ?? 0) & 1) === 1,
      forceEncryption: authentication && ((authentication[0] ?? 0) & 0x80) !== 0,
      forceAuthentication: authentication && ((authentication[0] ?? 0) & 0x40) !== 0,
      retryCount: retry && (retry[0] ?? 0) & 7,
      retryIntervalMs: retry && (retry[1] ?? 0) * 10,
      volatileKbps: rate(present?.[0]),
      nonVolatileKbps: rate(stored?.[0]),
      port: port?.readUInt16LE(),
    };
  },
  text: (value) =>
    pairs(
      [
        ['Enabled', String(value.enabled)],
        ['Force Encryption', String(value.forceEncryption)],
        ['Force Authentication', String(value.forceAuthentication)],
        ['Retry Count', String(value.retryCount)],
        ['Retry Interval (ms)', String(value.retryIntervalMs)],
        ['Volatile Bit Rate (kbps)', value.volatileKbps],
        ['Non-Volatile Bit Rate (kbps)', value.nonVolatileKbps],
        ['Payload Port', String(value.port)],
      ],
      32,
    ),
});

const raw = cliCommand({
  words: 'raw',
  usage: 'NETFN COMMAND [BYTE...]',
  help: 'any command, bytes in decimal or 0x',
  run: async (client, rest) => {
    const bytes = rest.map((word) => wholeNumber(word, 'a byte'));
    const [netFn, command, ...data] = bytes;
    if (netFn === undefined || command === undefined || bytes.some((byte) => byte > 255) || netFn > 0x3f)
      throw new UsageError('raw wants network function, command and bytes');
    const answer = await client.raw({ netFn, command, data: Buffer.from(data) });
    if (answer.completionCode !== 0) throw new CompletionError(answer.completionCode, { name: 'raw command', netFn, code: command });
    return { data: answer.data };
  },
  text: ({ data }) => (data.toString('hex').match(/.{1,32}/g) ?? []).map((line) => ` ${(line.match(/../g) ?? []).join(' ')}`).join('\n'),
});

export const platformCommands: readonly CliCommand[] = [
  raw,
  solInfo,
  cliCommand({
    words: 'sol deactivate',
    help: 'end the console of whoever has it',
    run: async (client) => {
      await client.send(deactivatePayload, { payloadType: payloadType.sol, instance: 1, auxiliary: Buffer.alloc(4) });
      return { deactivated: true };
    },
    text: () => 'SOL is deactivated',
  }),
  cliCommand({
    words: 'dcmi power reading',
    help: 'power drawn now and lately',
    run: (client) => client.send(getPowerReading, { mode: 1, rollingPeriod: 0 }),
    text: (value) =>
      pairs(
        [
          ['Instantaneous power reading', `${value.current} Watts`],
          ['Minimum during sampling period', `${value.minimum} Watts`],
          ['Maximum during sampling period', `${value.maximum} Watts`],
          ['Average power reading over sample period', `${value.average} Watts`],
          ['IPMI timestamp', selTimeText(value.time, ' ')],
          ['Sampling period', `${value.periodMs / 1000} seconds`],
          ['Power reading state is', value.active ? 'activated' : 'deactivated'],
        ],
        42,
      ),
  }),
  cliCommand({
    words: 'dcmi power get_limit',
    help: 'power limit',
    run: (client) => client.send(getPowerLimit, undefined),
    text: (value) =>
      pairs([
        ['Exception action', String(value.exceptionAction)],
        ['Power limit', `${value.watts} Watts`],
        ['Correction time', `${value.correctionMs} milliseconds`],
        ['Sampling period', `${value.samplingSeconds} seconds`],
      ]),
  }),
  cliCommand({
    words: 'pef list',
    help: 'event filters and alert policies',
    run: (client) => readPef(client),
    text: (pef) =>
      [
        `PEF ${pef.control?.enabled === true ? 'enabled' : 'disabled'}`,
        ...pef.filters.map(
          (filter) =>
            `filter ${filter.number}: ${filter.enabled ? 'enabled' : 'disabled'}, sensor type 0x${hex(filter.sensorType)}, sensor 0x${hex(filter.sensor)}, policy ${filter.policy}`,
        ),
        ...pef.policies.map(
          (policy) =>
            `policy ${policy.policy}: ${policy.enabled ? 'enabled' : 'disabled'}, channel ${policy.channel}, destination ${policy.destination}`,
        ),
      ].join('\n'),
  }),
];
