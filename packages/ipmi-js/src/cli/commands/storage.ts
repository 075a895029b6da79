import { getSelAllocationInfo, getSelInfo, getSelTime } from '../../commands/storage/sel.js';
import type { IpmiClient } from '../../client/client.js';
import { conversionOf, convert } from '../../decode/conversion.js';
import { isSensor, type SensorSdr } from '../../decode/sdr.js';
import { describeEvent, selDate, type EventWords, type SelRecord } from '../../decode/sel.js';
import { describeUnit } from '../../decode/tables/units.js';
import { readSdrs } from '../../operations/sdr-repository.js';
import { unshared } from '../../operations/sensors.js';
import { eraseSel, readSel } from '../../operations/sel.js';
import { cliCommand, type CliCommand } from '../command.js';
import { hex, pairs, selTimeText } from '../format.js';
import { valueText } from './sensors.js';

/** A record of the log with what is known about it. */
interface SelLine {
  readonly record: SelRecord;
  readonly date?: string;
  readonly words?: EventWords;
  readonly sensorName?: string;
  readonly reading?: number;
  readonly threshold?: number;
  readonly unit?: string;
}

async function sensorsByNumber(client: IpmiClient): Promise<Map<number, SensorSdr>> {
  const out = new Map<number, SensorSdr>();
  for (const sdr of (await readSdrs(client)).filter(isSensor).flatMap(unshared)) out.set(sdr.sensor, sdr);
  return out;
}

function explain(record: SelRecord, sensors: ReadonlyMap<number, SensorSdr>): SelLine {
  if (record.kind !== 'event') return record.kind === 'oem-timed' ? { record, ...dateOf(record.time) } : { record };
  const words = describeEvent(record);
  const sdr = sensors.get(record.sensor);
  const base = { record, words, ...dateOf(record.time), ...(sdr === undefined ? {} : { sensorName: sdr.name }) };
  if (sdr?.kind !== 'full' || words.reading === undefined) return base;
  const conversion = conversionOf(sdr);
  const threshold = words.threshold === undefined ? {} : { threshold: convert(conversion, words.threshold) };
  return { ...base, reading: convert(conversion, words.reading), unit: describeUnit(sdr), ...threshold };
}

function dateOf(time: number): { date?: string } {
  const date = selDate(time);
  return date === undefined ? {} : { date: date.toISOString() };
}

function lineText(line: SelLine): string {
  const { record, words } = line;
  const id = hex(record.record)
    .replace(/^0+(?=.)/, '')
    .padStart(4);
  if (record.kind === 'oem') return `${id} | OEM record ${hex(record.type)} | ${record.data.toString('hex')}`;
  if (record.kind === 'oem-timed')
    return `${id} | ${selTimeText(record.time)} | OEM record ${hex(record.type)} | ${hex(record.manufacturer, 6)} | ${record.data.toString('hex')}`;
  const sensor = `${words?.sensorType ?? ''} ${line.sensorName ?? `#0x${hex(record.sensor)}`}`;
  const event = words?.event ?? `offset ${words?.offset ?? 0}`;
  const parts = [
    `${id} | ${selTimeText(record.time)}`,
    sensor,
    words?.detail === undefined ? event : `${event} (${words.detail})`,
    record.asserted ? 'Asserted' : 'Deasserted',
  ];
  if (line.reading !== undefined) {
    const comparison = (words?.offset ?? 0) % 2 === 0 ? '<' : '>';
    const limit = line.threshold === undefined ? '' : ` ${comparison} Threshold ${valueText(line.threshold)}`;
    parts.push(`Reading ${valueText(line.reading)}${limit} ${line.unit ?? ''}`.trimEnd());
  }
  return parts.join(' | ');
}

const events = (words: string): CliCommand =>
  cliCommand({
    words,
    help: 'the event log',
    run: async (client) => {
      const records = await readSel(client);
      const sensors = records.length === 0 ? new Map<number, SensorSdr>() : await sensorsByNumber(client);
      return records.map((record) => explain(record, sensors));
    },
    text: (lines) => (lines.length === 0 ? 'SEL has no entries' : lines.map(lineText).join('\n')),
  });

function whenText(time: number): string {
  if (time === 0xffffffff || time === 0) return 'Not Available';
  if (time >= 0x20000000) return selTimeText(time, ' ');
  const clock = [Math.floor(time / 3600), Math.floor(time / 60) % 60, time % 60];
  return `S+ ${clock.map((part) => String(part).padStart(2, '0')).join(':')}`;
}

export const selCommands: readonly CliCommand[] = [
  events('sel elist'),
  events('sel list'),
  cliCommand({
    words: 'sel info',
    help: 'size and age of the event log',
    run: async (client) => {
      const info = await client.send(getSelInfo, undefined);
      const allocation = info.allocationInfo ? await client.send(getSelAllocationInfo, undefined) : undefined;
      return { info, allocation };
    },
    text: ({ info, allocation }) => {
      const names = [
        info.delete && "'Delete'",
        info.partialAdd && "'Partial Add'",
        info.reserve && "'Reserve'",
        info.allocationInfo && "'Get Alloc Info'",
      ];
      const total = info.entries * 16 + info.freeBytes;
      const rows: [string, string | number][] = [
        ['Version', `${info.version & 0x0f}.${info.version >> 4}${info.version === 0x51 ? ' (v1.5, v2 compliant)' : ''}`],
        ['Entries', info.entries],
        ['Free Space', `${info.freeBytes} bytes`],
        ['Percent Used', `${total === 0 ? 0 : Math.floor((info.entries * 16 * 100) / total)}%`],
        ['Last Add Time', whenText(info.lastAddition)],
        ['Last Del Time', whenText(info.lastErase)],
        ['Overflow', String(info.overflow)],
        ['Supported Cmds', names.filter((name) => name !== false).join(' ')],
      ];
      if (allocation !== undefined) {
        rows.push(
          ['# of Alloc Units', allocation.units],
          ['Alloc Unit Size', allocation.unitBytes],
          ['# Free Units', allocation.freeUnits],
          ['Largest Free Blk', allocation.largestFree],
          ['Max Record Size', allocation.maximumRecord],
        );
      }
      return `SEL Information\n${pairs(rows, 17)}`;
    },
  }),
  cliCommand({
    words: 'sel clear',
    help: 'erase the event log',
    run: async (client) => {
      await eraseSel(client);
      return { cleared: true };
    },
    text: () => 'SEL is cleared',
  }),
  cliCommand({
    words: 'sel time get',
    help: 'clock of the BMC',
    run: (client) => client.send(getSelTime, undefined),
    text: ({ time }) => selTimeText(time, ' '),
  }),
];
