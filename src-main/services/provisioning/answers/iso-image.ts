/** A file of the image; its path has `/` between folders. */
export interface IsoFile {
  path: string;
  bytes: Uint8Array;
}

const SECTOR = 2048;

/** A folder or file while the image is laid out. */
interface Entry {
  /** As people named it. */
  name: string;
  bytes: Uint8Array | null;
  children: Entry[];
  parent: Entry | null;
  /** First sector of the content: of a folder one for each of the two trees. */
  at: { plain: number; joliet: number };
}

type Tree = 'plain' | 'joliet';

/**
 * Writes a small ISO 9660 image with Joliet names, in memory. Every system that installs itself from answers on a second disc reads one of the two
 * trees: the plain one has upper-case 8.3 names, Joliet the names as they are (up to 64 characters).
 */
export function writeIsoImage({ label, files, at }: { label: string; files: readonly IsoFile[]; at: number }): Uint8Array {
  const root = treeOf(files);
  const folders = allFolders(root);
  const contents = folders.flatMap(({ children }) => children.filter(({ bytes }) => bytes !== null));
  const names = plainNames(folders);
  const layout = new Layout(names);
  let next = 19; // 16 primary, 17 Joliet, 18 end of the volume descriptors
  const tables = { plain: next, joliet: next + 2 * sectors(layout.pathTable(folders, 'plain').length) };
  next = tables.joliet + 2 * sectors(layout.pathTable(folders, 'joliet').length);
  for (const tree of ['plain', 'joliet'] as const) {
    for (const folder of folders) {
      folder.at[tree] = next;
      next += sectors(layout.folder(folder, tree, at).length);
    }
  }
  for (const file of contents) {
    file.at = { plain: next, joliet: next };
    next += sectors(file.bytes?.length ?? 0);
  }
  const image = new Uint8Array(next * SECTOR);
  const put = (sector: number, bytes: Uint8Array): void => image.set(bytes, sector * SECTOR);
  for (const [tree, sector] of [
    ['plain', 16],
    ['joliet', 17],
  ] as const) {
    const size = layout.pathTable(folders, tree).length;
    put(
      sector,
      descriptor({ tree, label, sectors: next, table: tables[tree], tableSize: size, root: layout.record(root, '\0', { tree, at }), at }),
    );
    put(tables[tree], layout.pathTable(folders, tree));
    put(tables[tree] + sectors(size), layout.pathTable(folders, tree, 'big'));
    for (const folder of folders) put(folder.at[tree], layout.folder(folder, tree, at));
  }
  image.set([0xff, ...ascii('CD001'), 1], 18 * SECTOR);
  for (const file of contents) if (file.bytes !== null) put(file.at.plain, file.bytes);
  return image;
}

function treeOf(files: readonly IsoFile[]): Entry {
  const root = entry('', null, null);
  for (const { path, bytes } of files) {
    const parts = path.split('/');
    const name = parts.pop() ?? '';
    let folder = root;
    for (const part of parts) {
      const found = folder.children.find((each) => each.name === part);
      const inner = found ?? entry(part, null, folder);
      if (found === undefined) folder.children.push(inner);
      folder = inner;
    }
    folder.children.push(entry(name, bytes, folder));
  }
  return root;
}

function entry(name: string, bytes: Uint8Array | null, parent: Entry | null): Entry {
  return { name, bytes, parent, children: [], at: { plain: 0, joliet: 0 } };
}

/** Breadth first, as path tables are. */
function allFolders(root: Entry): Entry[] {
  const folders = [root];
  for (const folder of folders) folders.push(...folder.children.filter(({ bytes }) => bytes === null));
  return folders;
}

/** 8.3 names in upper case, each different from the others of its folder. */
function plainNames(folders: readonly Entry[]): Map<Entry, string> {
  const names = new Map<Entry, string>();
  for (const { children } of folders) {
    const taken = new Set<string>();
    for (const child of children) {
      const clean = child.name.toUpperCase().replaceAll(/[^A-Z0-9_.]/gu, '_');
      const dot = child.bytes === null ? -1 : clean.lastIndexOf('.');
      const [base, extension] = dot === -1 ? [clean, ''] : [clean.slice(0, dot), clean.slice(dot + 1, dot + 4)];
      const stem = base.replaceAll('.', '_');
      let name = '';
      for (let number = 0; name === '' || taken.has(name); number += 1) {
        const mark = number === 0 ? '' : String(number);
        name = `${stem.slice(0, 8 - mark.length)}${mark}${child.bytes === null ? '' : `.${extension};1`}`;
      }
      taken.add(name);
      names.set(child, name);
    }
  }
  return names;
}

class Layout {
  readonly #plain: Map<Entry, string>;

  constructor(plain: Map<Entry, string>) {
    this.#plain = plain;
  }

  /** A folder's records: itself, its parent, then its children by name. No record goes over the end of a sector. */
  folder(folder: Entry, tree: Tree, at: number): Uint8Array {
    const children = folder.children.map((child) => ({ child, id: this.#id(child, tree) }));
    children.sort((one, other) => compare(one.id, other.id));
    const records = [
      this.record(folder, '\0', { tree, at }),
      this.record(folder.parent ?? folder, '\u0001', { tree, at }),
      ...children.map(({ child, id }) => this.record(child, id, { tree, at })),
    ];
    let size = 0;
    for (const record of records) size = placeAfter(size, record.length) + record.length;
    const bytes = new Uint8Array(sectors(size) * SECTOR);
    size = 0;
    for (const record of records) {
      size = placeAfter(size, record.length);
      bytes.set(record, size);
      size += record.length;
    }
    return bytes;
  }

  /** ECMA-119, 9.1. */
  record(one: Entry, id: string | Uint8Array, { tree, at }: { tree: Tree; at: number }): Uint8Array {
    const name = typeof id === 'string' ? ascii(id) : id;
    const length = 33 + name.length + ((name.length + 1) % 2);
    const bytes = new Uint8Array(length);
    const size = one.bytes === null ? this.#sizeOf(one, tree) : one.bytes.length;
    bytes[0] = length;
    bytes.set(both32(one.at[tree]), 2);
    bytes.set(both32(size), 10);
    bytes.set(recordTime(at), 18);
    bytes[25] = one.bytes === null ? 2 : 0;
    bytes.set(both16(1), 28);
    bytes[32] = name.length;
    bytes.set(name, 33);
    return bytes;
  }

  /** ECMA-119, 9.4; in little-endian order unless told. */
  pathTable(folders: readonly Entry[], tree: Tree, order: 'little' | 'big' = 'little'): Uint8Array {
    const rows = folders.map((folder) => {
      const id = folder.parent === null ? new Uint8Array(1) : this.#id(folder, tree);
      const row = new Uint8Array(8 + id.length + (id.length % 2));
      const view = new DataView(row.buffer);
      row[0] = id.length;
      view.setUint32(2, folder.at[tree], order === 'little');
      view.setUint16(6, folder.parent === null ? 1 : folders.indexOf(folder.parent) + 1, order === 'little');
      row.set(id, 8);
      return row;
    });
    return joined(rows);
  }

  #sizeOf(folder: Entry, tree: Tree): number {
    let size = 68; // itself and its parent
    const ids = folder.children.map((child) => this.#id(child, tree)).toSorted(compare);
    for (const id of ids) {
      const length = 33 + id.length + ((id.length + 1) % 2);
      size = placeAfter(size, length) + length;
    }
    return sectors(size) * SECTOR;
  }

  #id(one: Entry, tree: Tree): Uint8Array {
    return tree === 'plain' ? ascii(this.#plain.get(one) ?? '') : utf16(one.name.slice(0, 64));
  }
}

interface Volume {
  tree: Tree;
  label: string;
  sectors: number;
  table: number;
  tableSize: number;
  root: Uint8Array;
  at: number;
}

/** ECMA-119, 8.4 and, for Joliet, 8.5. */
function descriptor(volume: Volume): Uint8Array {
  const { tree, label } = volume;
  const bytes = new Uint8Array(SECTOR);
  const text = (from: number, length: number, value: string): void => {
    if (tree === 'plain') bytes.set(ascii(value.padEnd(length).slice(0, length)), from);
    else bytes.set(utf16(value.padEnd(length / 2).slice(0, length / 2)), from);
  };
  bytes.set([tree === 'plain' ? 1 : 2, ...ascii('CD001'), 1]);
  text(8, 32, '');
  text(40, 32, label);
  bytes.set(both32(volume.sectors), 80);
  if (tree === 'joliet') bytes.set(ascii('%/E'), 88); // UCS-2, level 3
  bytes.set(both16(1), 120);
  bytes.set(both16(1), 124);
  bytes.set(both16(SECTOR), 128);
  bytes.set(both32(volume.tableSize), 132);
  const view = new DataView(bytes.buffer);
  view.setUint32(140, volume.table, true);
  view.setUint32(148, volume.table + sectors(volume.tableSize), false);
  bytes.set(volume.root, 156);
  for (const [from, length] of [
    [190, 128],
    [318, 128],
    [446, 128],
    [702, 36],
    [740, 36],
    [776, 36],
  ] as const)
    text(from, length, '');
  text(574, 128, 'ATN WORKBENCH');
  bytes.set(volumeTime(volume.at), 813);
  bytes.set(volumeTime(volume.at), 830);
  for (const from of [847, 864]) bytes.set(ascii('0'.repeat(16)), from);
  bytes[881] = 1;
  return bytes;
}

const sectors = (size: number): number => Math.ceil(size / SECTOR);

/** Where a record of this length begins when so much is taken already. */
function placeAfter(taken: number, length: number): number {
  const left = SECTOR - (taken % SECTOR);
  return length <= left ? taken : taken + left;
}

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.codePointAt(0) ?? 0);

function utf16(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < text.length; index += 1) view.setUint16(index * 2, text.charCodeAt(index), false);
  return bytes;
}

/** Little-endian, then big-endian. */
function both32(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, value, true);
  view.setUint32(4, value, false);
  return bytes;
}

function both16(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, value, true);
  view.setUint16(2, value, false);
  return bytes;
}

function recordTime(at: number): Uint8Array {
  const time = new Date(at);
  return Uint8Array.of(
    time.getUTCFullYear() - 1900,
    time.getUTCMonth() + 1,
    time.getUTCDate(),
    time.getUTCHours(),
    time.getUTCMinutes(),
    time.getUTCSeconds(),
    0,
  );
}

function volumeTime(at: number): Uint8Array {
  const digits = new Date(at).toISOString().replaceAll(/\D/gu, '').slice(0, 16);
  return Uint8Array.from([...ascii(digits.padEnd(16, '0')), 0]);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const piece of pieces) {
    bytes.set(piece, place);
    place += piece.length;
  }
  return bytes;
}

function compare(one: Uint8Array, other: Uint8Array): number {
  for (let index = 0; index < Math.min(one.length, other.length); index += 1) {
    const difference = (one[index] ?? 0) - (other[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}
