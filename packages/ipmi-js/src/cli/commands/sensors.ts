import type { IpmiClient } from '../../client/client.js';
import { isSensor, type Sdr } from '../../decode/sdr.js';
import type { SensorHealth } from '../../decode/sensor-value.js';
import { readSdrs } from '../../operations/sdr-repository.js';
import { readSensor, readThresholds, unshared, type SensorValue } from '../../operations/sensors.js';
import { cliCommand, oneOf, type CliCommand } from '../command.js';
import { hex } from '../format.js';

/** A line of the list: a sensor with its reading, or a locator. */
export type SdrLine =
  SensorValue | { readonly name: string; readonly kind: 'mc' | 'fru' | 'generic'; readonly entityId: string; readonly place: string };

const short: Readonly<Record<SensorHealth, string>> = {
  ok: 'ok',
  'non-critical': 'nc',
  critical: 'cr',
  'non-recoverable': 'nr',
  unavailable: 'ns',
  disabled: 'ns',
};

const kinds: Readonly<Record<string, readonly Sdr['kind'][]>> = {
  all: ['full', 'compact', 'event-only', 'mc', 'fru', 'generic'],
  full: ['full'],
  compact: ['compact'],
  event: ['event-only'],
  mcloc: ['mc'],
  fru: ['fru'],
  generic: ['generic'],
};

async function linesOf(client: IpmiClient, sdr: Sdr): Promise<SdrLine[]> {
  if (isSensor(sdr)) return Promise.all(unshared(sdr).map((one) => readSensor(client, one)));
  const entityId = (located: { entity: number; entityInstance: number }): string => `${located.entity}.${located.entityInstance}`;
  if (sdr.kind === 'mc')
    return [
      {
        name: sdr.name,
        kind: 'mc',
        entityId: entityId(sdr),
        place: `${(sdr.powerAndInit & 0xf0) === 0 ? 'Dynamic' : 'Static'} MC @ ${hex(sdr.slaveAddress).toUpperCase()}h`,
      },
    ];
  if (sdr.kind === 'fru')
    return [
      {
        name: sdr.name,
        kind: 'fru',
        entityId: entityId(sdr),
        place: `${sdr.logical ? 'Logical' : 'Physical'} FRU @${hex(sdr.fru).toUpperCase()}h`,
      },
    ];
  if (sdr.kind === 'generic')
    return [
      { name: sdr.name, kind: 'generic', entityId: entityId(sdr), place: `Generic Device @${hex(sdr.accessAddress).toUpperCase()}h` },
    ];
  return [];
}

/** A number as ipmitool prints it in this list: two digits behind the point, none for whole numbers. */
export function valueText(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(2);
}

function readingText(line: SdrLine): string {
  if (!('health' in line)) return line.place;
  if (line.kind === 'event-only') return 'Event-Only';
  if (line.health === 'disabled') return 'Disabled';
  if (line.health === 'unavailable') return 'No Reading';
  if (line.value !== undefined) return [`${valueText(line.value)} ${line.unit ?? ''}`.trim(), ...line.states].join(', ');
  return line.states.length === 0 && line.stateBits === undefined ? `0x${hex(line.raw ?? 0)}` : line.states.join(', ');
}

const crossings = ['lnc', 'lcr', 'lnr', 'unc', 'ucr', 'unr'] as const;
/** Worst first, as ipmitool names the crossed threshold. */
const worst = [2, 5, 1, 4, 0, 3];

function healthText(line: SensorValue): string {
  const crossed = line.unit === undefined ? undefined : worst.find((index) => ((line.stateBits ?? 0) & (1 << index)) !== 0);
  return crossed === undefined || line.health === 'ok' ? short[line.health] : (crossings[crossed] ?? short[line.health]);
}

function lineText(line: SdrLine): string {
  const number = 'sensor' in line ? line.sensor : 0;
  const health = 'health' in line ? healthText(line) : line.kind === 'mc' ? 'ok' : 'ns';
  const [entity = '', instance = ''] = line.entityId.split('.');
  const entityText = `${entity.padStart(2)}.${instance.padEnd(1)}`;
  return `${line.name.padEnd(16)} | ${hex(number).toUpperCase()}h | ${health.padEnd(3)} | ${entityText} | ${readingText(line)}`.trimEnd();
}

function list(words: string): CliCommand {
  return cliCommand({
    words,
    usage: '[all|full|compact|event|mcloc|fru|generic]',
    help: 'sensors and their readings',
    run: async (client, [filter]) => {
      // Without a word the list is what elist without a word is for ipmitool: sensors with readings.
      const wanted = filter === undefined ? ['full', 'compact'] : (kinds[oneOf(filter, Object.keys(kinds))] ?? []);
      const sdrs = (await readSdrs(client)).filter((sdr) => wanted.includes(sdr.kind));
      const lines: SdrLine[] = [];
      for (const sdr of sdrs) lines.push(...(await linesOf(client, sdr)));
      return lines;
    },
    text: (lines) => lines.map(lineText).join('\n'),
  });
}

const columns = [
  'lowerNonRecoverable',
  'lowerCritical',
  'lowerNonCritical',
  'upperNonCritical',
  'upperCritical',
  'upperNonRecoverable',
] as const;

function sensorLine(line: SensorValue): string {
  const cells = columns.map((name) => (line.thresholds?.[name] === undefined ? 'na' : line.thresholds[name].toFixed(3)).padEnd(10));
  const reading =
    line.value !== undefined ? line.value.toFixed(3) : line.stateBits === undefined ? 'na' : `0x${(line.stateBits & 0xff).toString(16)}`;
  const unit = line.unit ?? 'discrete';
  const state =
    line.unit !== undefined
      ? line.health === 'unavailable' || line.health === 'disabled'
        ? 'na'
        : short[line.health]
      : line.stateBits === undefined
        ? 'na'
        : `0x${hex(line.stateBits & 0xff)}${hex(line.stateBits >> 8)}`;
  return `${line.name.padEnd(16)} | ${[reading.padEnd(11), unit.padEnd(11), state.padEnd(6), ...cells].join('| ')}`;
}

export const sensorCommands: readonly CliCommand[] = [
  list('sdr elist'),
  list('sdr list'),
  cliCommand({
    words: 'sensor list',
    help: 'sensors, readings and thresholds',
    run: async (client) => {
      const out: SensorValue[] = [];
      for (const sdr of (await readSdrs(client)).filter(isSensor)) {
        if (sdr.kind === 'event-only') continue;
        const limits = await readThresholds(client, sdr);
        for (const one of unshared(sdr)) out.push({ ...(await readSensor(client, one)), ...limits });
      }
      return out;
    },
    text: (lines) => lines.map(sensorLine).join('\n'),
  }),
];
