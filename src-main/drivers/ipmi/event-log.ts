import {
  describeEvent,
  describeSensorType,
  eraseSel,
  getSelInfo,
  isSensor,
  readSel,
  selDate,
  type Sdr,
  type SelRecord,
  type SystemEvent,
} from 'ipmi-js';
import type { EventLog, LogEntry } from '../capabilities.ts';
import type { Task } from '../driver.ts';
import { sensorRecords, warm, type IpmiLink } from './ipmi-link.ts';

const RECORD_BYTES = 16;

export async function readLog(link: IpmiLink): Promise<EventLog> {
  const info = await link.client.send(getSelInfo, undefined);
  const records = await readSel(link.client);
  const names = await sensorNames(link);
  return {
    entries: records.map((record) => toEntry(record, names)),
    // FFFFh: there is more room than the field can say (IPMI 2.0, 31.2).
    capacity: info.freeBytes === 0xffff ? null : info.entries + Math.floor(info.freeBytes / RECORD_BYTES),
    overflow: info.overflow,
  };
}

export async function clearLog(link: IpmiLink, _args: unknown, { permit }: Task): Promise<null> {
  const session = await warm(link);
  permit();
  await eraseSel(session);
  return null;
}

/** By number; a log without names is better than none when the records cannot be read. */
async function sensorNames(link: IpmiLink): Promise<Map<number, string>> {
  const records = await sensorRecords(link).catch((): Sdr[] => []);
  return new Map(records.filter(isSensor).map((record) => [record.sensor, record.name.trim()]));
}

function toEntry(record: SelRecord, names: Map<number, string>): LogEntry {
  const id = String(record.record);
  if (record.kind !== 'event') {
    const at = record.kind === 'oem-timed' ? (selDate(record.time)?.getTime() ?? null) : null;
    return { id, at, source: 'BMC', message: `Record of the maker: ${record.data.toString('hex')}`, severity: 'ok', asserted: true };
  }
  const words = describeEvent(record);
  const event = words.event ?? `event ${words.offset}`;
  return {
    id,
    at: selDate(record.time)?.getTime() ?? null,
    source: names.get(record.sensor) ?? describeSensorType(record.sensorType),
    message: [`${words.sensorType}: ${event}`, words.detail].filter((part) => part !== undefined).join(', '),
    severity: record.asserted ? severityOf(record, event) : 'ok',
    asserted: record.asserted,
  };
}

/** Sensor types whose every asserted event is bad news: processor, power supply, memory, drive, critical interrupt (IPMI 2.0, table 42-3). */
const GRAVE_TYPES = [0x07, 0x08, 0x0c, 0x0d, 0x13];
const GRAVE_WORDS = /fail|fault|uncorrect|critical|non-recoverable|error|lost|thermal trip|parity/i;
const MILD_WORDS = /non-critical|predictive|correctable|degraded|warning|redundancy/i;
/** Of generic and sensor-specific presence events nothing is wrong. */
const PRESENCE = /present|presence|inserted|enabled/i;

function severityOf(record: SystemEvent, event: string): LogEntry['severity'] {
  if (PRESENCE.test(event) && !/lost|absent|removed/i.test(event)) return 'ok';
  if (MILD_WORDS.test(event)) return 'warning';
  if (GRAVE_WORDS.test(event)) return 'critical';
  return GRAVE_TYPES.includes(record.sensorType) ? 'warning' : 'ok';
}
