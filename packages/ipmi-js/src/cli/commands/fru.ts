import { describeChassisType, type Fru } from '../../decode/fru.js';
import type { Multirecord } from '../../decode/fru-multirecord.js';
import { readFrus, type FruEntry } from '../../operations/fru.js';
import { readSdrs } from '../../operations/sdr-repository.js';
import { cliCommand, wholeNumber, type CliCommand } from '../command.js';

type Row = readonly [name: string, value: string];

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function dateText(date: Date): string {
  const clock = date.toISOString().slice(11, 19);
  return `${days[date.getUTCDay()] ?? ''} ${months[date.getUTCMonth()] ?? ''} ${String(date.getUTCDate()).padStart(2)} ${clock} ${date.getUTCFullYear()} UTC`;
}

function chassisRows({ chassis }: Fru): Row[] {
  if (chassis === undefined) return [];
  return [
    ['Chassis Type', describeChassisType(chassis.type)],
    ['Chassis Part Number', chassis.partNumber],
    ['Chassis Serial', chassis.serial],
    ...chassis.custom.map((text): Row => ['Chassis Extra', text]),
  ];
}

function boardRows({ board }: Fru): Row[] {
  if (board === undefined) return [];
  return [
    ['Board Mfg Date', board.madeAt === undefined ? 'Unspecified' : dateText(board.madeAt)],
    ['Board Mfg', board.manufacturer],
    ['Board Product', board.product],
    ['Board Serial', board.serial],
    ['Board Part Number', board.partNumber],
    ...board.custom.map((text): Row => ['Board Extra', text]),
  ];
}

function productRows({ product }: Fru): Row[] {
  if (product === undefined) return [];
  return [
    ['Product Manufacturer', product.manufacturer],
    ['Product Name', product.name],
    ['Product Part Number', product.partNumber],
    ['Product Version', product.version],
    ['Product Serial', product.serial],
    ['Product Asset Tag', product.assetTag],
    ...product.custom.map((text): Row => ['Product Extra', text]),
  ];
}

function multirecordRow(record: Multirecord): Row {
  switch (record.kind) {
    case 'power-supply':
      return ['Power Supply Record', `${record.capacityWatts} W, peak ${record.peakVa} VA${record.hotSwap ? ', hot swap' : ''}`];
    case 'dc-output':
    case 'dc-load':
      return [
        record.kind === 'dc-output' ? 'DC Output' : 'DC Load',
        `${record.output}: ${record.nominalVolts} V, ${record.minimumAmps} to ${record.maximumAmps} A`,
      ];
    case 'management-access':
      return ['Management Access', record.text];
    case 'oem':
      return ['OEM Record', `${record.manufacturer}: ${record.data.toString('hex')}`];
    case 'other':
      return [`Record type ${record.type}`, record.data.toString('hex')];
  }
}

function entryText(entry: FruEntry): string {
  const head = `FRU Device Description : ${entry.name} (ID ${entry.fru})`;
  if (entry.content === undefined) return `${head}\n ${entry.problem ?? 'unknown'}`;
  const { content } = entry;
  const rows = [...chassisRows(content), ...boardRows(content), ...productRows(content), ...content.multirecords.map(multirecordRow)];
  const lines = rows.filter(([, value]) => value !== '').map(([name, value]) => ` ${name.padEnd(22)}: ${value}`);
  return [head, ...lines, ...content.problems.map((problem) => ` ! ${problem}`)].join('\n');
}

export const fruCommands: readonly CliCommand[] = ['fru print', 'fru list'].map((words) =>
  cliCommand({
    words,
    usage: '[ID]',
    help: 'inventory of all FRUs',
    run: async (client, [word]) => {
      const entries = await readFrus(client, await readSdrs(client));
      return word === undefined ? entries : entries.filter((entry) => entry.fru === wholeNumber(word, 'the number of a FRU'));
    },
    text: (entries) => entries.map((entry) => `${entryText(entry)}\n`).join('\n'),
  }),
);
