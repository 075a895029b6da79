import { readFile, writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { SutFileFormat, SutFileRow } from '../../src-shared/contract/harness/sut-files.ts';
import type { Sut } from '../../src-shared/model/sut.ts';
import { WorkbenchError } from '../errors.ts';
import type { CommandContext } from './command.ts';
import { EXIT } from './exit-codes.ts';
import { findSut } from './find-sut.ts';
import { columns } from './output.ts';
import { onlyOf } from './sub-command.ts';
import { UsageError } from './usage.ts';

export interface SutValues {
  file?: string;
  clear?: boolean;
  always?: boolean;
  reason?: string;
  yes?: boolean;
  rate?: string;
  format?: string;
  'dry-run'?: boolean;
  drive?: string;
  'ipmi-port'?: string;
  'redfish-port'?: string;
}
type Work = (context: CommandContext) => Promise<number>;

export function onSut(words: readonly string[], work: (context: CommandContext, sut: Sut) => Promise<number>): Work {
  const name = onlyOf(words, 'NAME');
  return async (context) => work(context, await findSut(context, name));
}

/** What a deed that somebody could feel carries along. */
export function asked({ reason, yes }: SutValues): { confirmed: boolean; reason?: string } {
  return { confirmed: yes === true, ...(reason === undefined ? {} : { reason }) };
}

/** Machines of a CSV or YAML file; each comes out by itself, and one that is wrong keeps none of the others. */
export function addFromFile(words: string[], { file, 'dry-run': dry }: SutValues): Work {
  if (words.length > 0 || file === undefined) throw new UsageError('--file names a CSV or YAML file with the machines.');
  return async ({ client, output }) => {
    const text = await readFile(file, 'utf8').catch((cause: unknown) => {
      throw new WorkbenchError('BAD_REQUEST', `${file} cannot be read.`, { cause });
    });
    const format: SutFileFormat = ['.csv', '.tsv', '.txt'].includes(extname(file).toLowerCase()) ? 'csv' : 'yaml';
    const rows = await (dry === true ? client.suts.previewFile({ format, text }) : client.suts.importFile({ format, text }));
    output.answer(rows, () => columns(rows.map((row) => rowLine(row, dry === true))));
    return rows.every(({ outcome }) => outcome !== 'wrong') ? EXIT.passed : EXIT.error;
  };
}

function rowLine({ line, name, outcome, changes, problems }: SutFileRow, dry: boolean): string[] {
  const done = { new: dry ? 'new' : 'added', changed: dry ? 'would change' : 'changed', same: 'as it is', wrong: 'wrong' }[outcome];
  return [`line ${line}`, name, done, [...problems, ...changes].join(' ')];
}

/** All machines, to a file or to the answer. */
export function exportToFile(words: string[], { file, format = 'csv' }: SutValues): Work {
  if (words.length > 0) throw new UsageError(`What is "${words.join(' ')}"?`);
  if (format !== 'csv' && format !== 'yaml') throw new UsageError('--format takes csv or yaml.');
  return async ({ client, output }) => {
    const exported = await client.suts.exportFile({ format });
    if (file === undefined) {
      output.answer(exported, () => exported.text.trimEnd());
      return EXIT.passed;
    }
    await writeFile(file, exported.text).catch((cause: unknown) => {
      throw new WorkbenchError('BAD_REQUEST', `${file} cannot be written.`, { cause });
    });
    output.answer({ file }, () => file);
    return EXIT.passed;
  };
}

const MEDIA = 'suts media takes NAME, NAME insert IMAGE or NAME eject.';

export function media([name = '', deed, image, ...more]: string[], values: SutValues): Work {
  const into = values.drive === undefined ? {} : { drive: values.drive };
  if (more.length > 0 || (deed === 'insert') !== (image !== undefined)) throw new UsageError(MEDIA);
  if (deed === undefined)
    return onSut([name], async ({ client, output }, { id }) => {
      const { drives } = await client.suts.drives({ id });
      output.answer(drives, () =>
        columns(drives.map((drive) => [drive.id, drive.name, drive.inserted ? (drive.image ?? 'inserted') : 'empty'])),
      );
      return EXIT.passed;
    });
  if (deed !== 'insert' && deed !== 'eject') throw new UsageError(MEDIA);
  return onSut([name], async ({ client, output }, { id }) => {
    const done =
      image === undefined
        ? await client.suts.ejectMedia({ id, ...into, ...asked(values) })
        : await client.suts.insertMedia({ id, image, ...into, ...asked(values) });
    output.answer(done, () => `${name}: ${image === undefined ? 'media ejected' : `${image} inserted`}`);
    return EXIT.passed;
  });
}

export function identify([name = '', word = 'on', ...more]: string[], values: SutValues): Work {
  if (more.length > 0 || (word !== 'on' && word !== 'off')) throw new UsageError('suts identify takes NAME and on or off.');
  return onSut([name], async ({ client, output }, { id }) => {
    const done = await client.suts.identify({ id, on: word === 'on', ...asked(values) });
    output.answer(done, () => `${name}: identify light ${word}`);
    return EXIT.passed;
  });
}

/** Firmware and parts. */
export function inventory(words: string[]): Work {
  return onSut(words, async ({ client, output }, { id }) => {
    const found = await client.suts.inventory({ id });
    const rows = [
      ...found.firmware.map(({ name, version }) => ['firmware', name, version]),
      ...found.parts.flatMap((part) => part.fields.map((field) => [part.name, field.name, field.value])),
    ];
    for (const problem of found.problems) output.progress(problem);
    output.answer(found, () => (rows.length === 0 ? 'It lists no parts.' : columns(rows)));
    return EXIT.passed;
  });
}

export function remove(words: string[]): Work {
  return onSut(words, async ({ client, output }, { id, name }) => {
    output.answer(await client.suts.remove({ id }), () => `${name}: removed`);
    return EXIT.passed;
  });
}

export function setAside(kind: 'maintenance' | 'quarantine') {
  return ([name = '', word = 'on', ...more]: string[], { reason = '' }: SutValues): Work => {
    if (more.length > 0 || (word !== 'on' && word !== 'off')) throw new UsageError(`suts ${kind} takes NAME and on or off.`);
    if (reason === '' && (word === 'on' || kind === 'quarantine'))
      throw new UsageError(`Say why: suts ${kind} NAME ${word} --reason TEXT.`);
    const text = word === 'on' ? reason : '';
    return onSut([name], async ({ client, output }, { id }) => {
      const ended = word === 'off' ? { note: reason } : {};
      const sut = await (kind === 'maintenance'
        ? client.suts.setMaintenance({ id, reason: text })
        : client.suts.setQuarantine({ id, evidence: text, ...ended }));
      output.answer(sut, () => `${name}: ${kind} ${word === 'on' ? 'begun' : 'over'}`);
      return EXIT.passed;
    });
  };
}
