import type { EventLog, LogEntry } from '../capabilities.ts';
import type { Task } from '../driver.ts';
import { DriverError } from '../driver-error.ts';
import { booleanAt, linkAt, numberAt, textAt, type Json } from './json.ts';
import { readLinked, readSystem, type Looking, type RedfishLink } from './redfish-link.ts';

export async function readLog(link: RedfishLink, _args: unknown, task: Task): Promise<EventLog> {
  const log = await findLog(link, task);
  const path = linkAt(log, 'Entries');
  if (path === null) throw new DriverError('OOBM_UNSUPPORTED', 'The log of this Redfish service has no entries to read.');
  const entries = (await link.service.members(path, task)).map(toEntry);
  const capacity = numberAt(log, 'MaxNumberOfRecords');
  entries.sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
  const wraps = textAt(log, 'OverWritePolicy') === 'WrapsWhenFull';
  return { entries, capacity, overflow: !wraps && capacity !== null && capacity > 0 && entries.length >= capacity };
}

export async function clearLog(link: RedfishLink, _args: unknown, task: Task): Promise<null> {
  const path = textAt(await findLog(link, task), 'Actions', '#LogService.ClearLog', 'target');
  if (path === null) throw new DriverError('OOBM_UNSUPPORTED', 'The Redfish service cannot clear this log.');
  await link.service.change({ method: 'POST', path, body: {} }, task);
  return null;
}

/** The hardware's log among those of system, managers and chassis: by its kind, else by the names makers give it. */
async function findLog(link: RedfishLink, task: Looking): Promise<Json> {
  const { system } = await readSystem(link, task);
  const owners = [system, ...(await readLinked(link, 'ManagedBy', task)), ...(await readLinked(link, 'Chassis', task))];
  const logs: Json[] = [];
  for (const owner of owners) {
    const path = linkAt(owner, 'LogServices');
    if (path !== null) logs.push(...(await link.service.members(path, task)));
  }
  const { logs: names } = await link.service.quirks();
  const bySel = logs.find((log) => textAt(log, 'LogEntryType') === 'SEL');
  const byName = names.flatMap((name) => logs.filter((log) => textAt(log, 'Id')?.toLowerCase() === name))[0];
  const found = bySel ?? byName ?? logs.find((log) => booleanAt(log, 'ServiceEnabled') !== false);
  if (found === undefined) throw new DriverError('OOBM_UNSUPPORTED', 'The Redfish service keeps no log of this machine.');
  return found;
}

function toEntry(entry: Json): LogEntry {
  const made = Date.parse(textAt(entry, 'Created') ?? '');
  const code = textAt(entry, 'EntryCode');
  const severity = textAt(entry, 'Severity');
  return {
    id: textAt(entry, 'Id') ?? textAt(entry, '@odata.id') ?? '',
    at: Number.isNaN(made) ? null : made,
    source: textAt(entry, 'SensorType') ?? textAt(entry, 'OemSensorType') ?? textAt(entry, 'Name') ?? 'BMC',
    message: textAt(entry, 'Message') ?? textAt(entry, 'MessageId') ?? 'Entry without words',
    severity: severity === 'Critical' ? 'critical' : severity === 'Warning' ? 'warning' : 'ok',
    asserted: code === null || !/deassert/i.test(code),
  };
}
