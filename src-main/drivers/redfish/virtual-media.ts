import type { VirtualDrive } from '../capabilities.ts';
import type { Handlers, Task } from '../driver.ts';
import { DriverError } from '../driver-error.ts';
import { booleanAt, linkAt, linksAt, textAt, textsAt, type Json } from './json.ts';
import { readLinked, readSystem, type Looking, type RedfishLink } from './redfish-link.ts';

type Has<C extends keyof Handlers<RedfishLink>> = NonNullable<Handlers<RedfishLink>[C]>;

const KINDS: Readonly<Record<string, VirtualDrive['kinds'][number]>> = { CD: 'cd', DVD: 'cd', USBStick: 'usb', Floppy: 'floppy' };

interface Drive extends VirtualDrive {
  path: string;
  resource: Json;
}

export const virtualMedia: Has<'virtualMedia'> = {
  read: async (link, _args, task) =>
    (await drives(link, task)).map(({ id, name, kinds, image, inserted }) => ({ id, name, kinds, image, inserted })),
  insert: async (link, { image, drive, kind }, task) => {
    const all = await drives(link, task);
    const target = drive === undefined ? all.find(({ kinds }) => kinds.includes(kind ?? 'cd')) : all.find(({ id }) => id === drive);
    if (target === undefined) throw missing(all, drive === undefined ? (kind ?? 'cd') : null);
    if (target.inserted) await eject(link, target, task); // a full drive takes nothing more
    const { insert } = await link.service.quirks();
    const path = textAt(target.resource, 'Actions', '#VirtualMedia.InsertMedia', 'target');
    if (path === null || insert === 'property') {
      await link.service.patch(target.path, { Image: image, Inserted: true, WriteProtected: true }, task);
    } else {
      await link.service.change({ method: 'POST', path, body: { Image: image, Inserted: true, WriteProtected: true } }, task);
    }
    return { drive: target.id };
  },
  eject: async (link, { drive }, task) => {
    const all = await drives(link, task);
    const chosen = drive === undefined ? all.filter(({ inserted }) => inserted) : all.filter(({ id }) => id === drive);
    if (drive !== undefined && chosen.length === 0) throw missing(all, null);
    if (chosen.length === 0) task.permit(); // nothing is in, which is what was asked for
    for (const each of chosen) await eject(link, each, task);
    return null;
  },
};

async function eject(link: RedfishLink, { path, resource }: Drive, task: Task): Promise<void> {
  const target = textAt(resource, 'Actions', '#VirtualMedia.EjectMedia', 'target');
  if (target === null) await link.service.patch(path, { Image: null, Inserted: false }, task);
  else await link.service.change({ method: 'POST', path: target, body: {} }, task);
}

const WORDS: Readonly<Record<'cd' | 'usb', string>> = { cd: 'a CD', usb: 'a USB stick' };

function missing(all: Drive[], kind: 'cd' | 'usb' | null): DriverError {
  if (all.length === 0) return new DriverError('OOBM_UNSUPPORTED', 'The Redfish service has no virtual drives.');
  const names = all.map(({ id }) => id).join(', ');
  if (kind !== null) return new DriverError('OOBM_UNSUPPORTED', `None of its virtual drives takes ${WORDS[kind]}; there are ${names}.`);
  return new DriverError('BAD_REQUEST', `There is no such virtual drive; there are ${names}.`);
}

/** At the system in newer services, at the manager in older ones. */
async function drives(link: RedfishLink, task: Looking): Promise<Drive[]> {
  const { system } = await readSystem(link, task);
  const managers = linkAt(system, 'VirtualMedia') === null ? await readLinked(link, 'ManagedBy', task) : [];
  for (const owner of [system, ...managers]) {
    const collection = linkAt(owner, 'VirtualMedia');
    if (collection === null) continue;
    const paths = linksAt(await link.service.get(collection, task), 'Members');
    if (paths.length > 0) return Promise.all(paths.map(async (path) => toDrive(path, await link.service.get(path, task))));
  }
  return [];
}

function toDrive(path: string, resource: Json): Drive {
  const image = textAt(resource, 'Image');
  const kinds = [...new Set(textsAt(resource, 'MediaTypes').flatMap((type) => KINDS[type] ?? []))];
  const id = textAt(resource, 'Id') ?? path;
  return {
    id,
    name: textAt(resource, 'Name') ?? id,
    kinds,
    image,
    inserted: booleanAt(resource, 'Inserted') ?? image !== null,
    path,
    resource,
  };
}
