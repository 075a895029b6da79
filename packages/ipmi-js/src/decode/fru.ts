import { MalformedError } from '../wire/errors.js';
import { isSumZero, readFields, writeArea } from './fru-area.js';
import { decodeMultirecords, type Multirecord } from './fru-multirecord.js';

/** Chassis info area (FRU 1.0 10). */
export interface FruChassis {
  readonly type: number;
  readonly partNumber: string;
  readonly serial: string;
  readonly custom: readonly string[];
}

/** Board info area (FRU 1.0 11). `madeAt` is undefined when the minutes since 1996 are 0 or the date is not known. */
export interface FruBoard {
  readonly madeAt: Date | undefined;
  readonly manufacturer: string;
  readonly product: string;
  readonly serial: string;
  readonly partNumber: string;
  readonly fruFileId: string;
  readonly custom: readonly string[];
}

/** Product info area (FRU 1.0 12). */
export interface FruProduct {
  readonly manufacturer: string;
  readonly name: string;
  readonly partNumber: string;
  readonly version: string;
  readonly serial: string;
  readonly assetTag: string;
  readonly fruFileId: string;
  readonly custom: readonly string[];
}

export interface Fru {
  readonly internalUse?: Buffer;
  readonly chassis?: FruChassis;
  readonly board?: FruBoard;
  readonly product?: FruProduct;
  readonly multirecords: readonly Multirecord[];
  /** What was wrong with areas that were left out or read in spite of it. */
  readonly problems: readonly string[];
}

const chassisTypes = [
  'Unspecified',
  'Other',
  'Unknown',
  'Desktop',
  'Low Profile Desktop',
  'Pizza Box',
  'Mini Tower',
  'Tower',
  'Portable',
  'Laptop',
  'Notebook',
  'Hand Held',
  'Docking Station',
  'All in One',
  'Sub Notebook',
  'Space-saving',
  'Lunch Box',
  'Main Server Chassis',
  'Expansion Chassis',
  'SubChassis',
  'Bus Expansion Chassis',
  'Peripheral Chassis',
  'RAID Chassis',
  'Rack Mount Chassis',
  'Sealed-case PC',
  'Multi-system Chassis',
  'CompactPCI',
  'AdvancedTCA',
  'Blade',
  'Blade Enclosure',
  'Tablet',
  'Convertible',
  'Detachable',
  'IoT Gateway',
  'Embedded PC',
  'Mini PC',
  'Stick PC',
];

/** SMBIOS chassis type in words. */
export function describeChassisType(type: number): string {
  return chassisTypes[type] ?? `type 0x${type.toString(16)}`;
}

const epoch1996 = Date.UTC(1996, 0, 1);

function boardDate(area: Buffer): Date | undefined {
  const minutes = area.readUIntLE(3, 3);
  return minutes === 0 || minutes === 0xffffff ? undefined : new Date(epoch1996 + minutes * 60_000);
}

function chassisOf(area: Buffer): FruChassis {
  const [partNumber = '', serial = '', ...custom] = readFields(area, 3);
  return { type: area.readUInt8(2), partNumber, serial, custom };
}

function boardOf(area: Buffer): FruBoard {
  const [manufacturer = '', product = '', serial = '', partNumber = '', fruFileId = '', ...custom] = readFields(area, 6);
  return { madeAt: boardDate(area), manufacturer, product, serial, partNumber, fruFileId, custom };
}

function productOf(area: Buffer): FruProduct {
  const [manufacturer = '', name = '', partNumber = '', version = '', serial = '', assetTag = '', fruFileId = '', ...custom] = readFields(
    area,
    3,
  );
  return { manufacturer, name, partNumber, version, serial, assetTag, fruFileId, custom };
}

interface Source {
  readonly data: Buffer;
  readonly problems: string[];
}

function areaAt(source: Source, at: { offset: number; name: string }): Buffer | undefined {
  if (at.offset === 0) return undefined;
  const length = (source.data[at.offset + 1] ?? 0) * 8;
  const area = source.data.subarray(at.offset, at.offset + length);
  if (length < 8 || area.length < length) {
    source.problems.push(`${at.name} area is cut`);
    return undefined;
  }
  if (!isSumZero(area)) source.problems.push(`${at.name} area has a wrong checksum`);
  return area;
}

/**
 * Takes a FRU inventory apart (Platform Management FRU Information Storage Definition 1.0). Throws MalformedError when the
 * common header is wrong; areas with a wrong checksum are read and named in `problems`.
 */
export function decodeFru(data: Buffer): Fru {
  const header = data.subarray(0, 8);
  if (header.length < 8) throw new MalformedError('FRU data is shorter than its header');
  if (header[0] === undefined || (header[0] & 0x0f) !== 1) throw new MalformedError('FRU data has no header of version 1');
  if (!isSumZero(header)) throw new MalformedError('FRU header has a wrong checksum');
  const source: Source = { data, problems: [] };
  const offset = (index: number): number => (header[index] ?? 0) * 8;
  const chassis = areaAt(source, { offset: offset(2), name: 'chassis' });
  const board = areaAt(source, { offset: offset(3), name: 'board' });
  const product = areaAt(source, { offset: offset(4), name: 'product' });
  const starts = [1, 2, 3, 4, 5]
    .map(offset)
    .filter((start) => start > offset(1))
    .sort((a, b) => a - b);
  const multirecords = offset(5) === 0 ? [] : decodeMultirecords(data.subarray(offset(5)), source.problems);
  return {
    ...(offset(1) === 0 ? {} : { internalUse: Buffer.from(data.subarray(offset(1), starts[0] ?? data.length)) }),
    ...(chassis === undefined ? {} : { chassis: chassisOf(chassis) }),
    ...(board === undefined ? {} : { board: boardOf(board) }),
    ...(product === undefined ? {} : { product: productOf(product) }),
    multirecords,
    problems: source.problems,
  };
}

/** Builds FRU bytes from areas; `multirecords` are ready bytes (see encodeMultirecord). */
export function encodeFru(fru: { chassis?: FruChassis; board?: FruBoard; product?: FruProduct; multirecords?: readonly Buffer[] }): Buffer {
  const { chassis, board, product } = fru;
  const areas = [
    chassis && writeArea(Buffer.from([chassis.type]), [chassis.partNumber, chassis.serial, ...chassis.custom]),
    board &&
      writeArea(boardStart(board), [board.manufacturer, board.product, board.serial, board.partNumber, board.fruFileId, ...board.custom]),
    product &&
      writeArea(Buffer.from([25]), [
        product.manufacturer,
        product.name,
        product.partNumber,
        product.version,
        product.serial,
        product.assetTag,
        product.fruFileId,
        ...product.custom,
      ]),
    fru.multirecords === undefined || fru.multirecords.length === 0 ? undefined : Buffer.concat(fru.multirecords),
  ];
  const header = Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]);
  let at = 1;
  for (const [index, area] of areas.entries()) {
    if (area === undefined) continue;
    header[2 + index] = at;
    at += Math.ceil(area.length / 8);
  }
  header[7] = -header.reduce((sum, byte) => sum + byte, 0) & 0xff;
  const present = areas.filter((area) => area !== undefined);
  return Buffer.concat([header, ...present]);
}

function boardStart(board: FruBoard): Buffer {
  const out = Buffer.alloc(4);
  out[0] = 25;
  out.writeUIntLE(board.madeAt === undefined ? 0 : Math.round((board.madeAt.getTime() - epoch1996) / 60_000), 1, 3);
  return out;
}
