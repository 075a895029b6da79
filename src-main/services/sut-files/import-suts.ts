import type { z } from 'zod';
import type { SutFileFormat, SutFileRow } from '../../../src-shared/contract/harness/sut-files.ts';
import { SutInput } from '../../../src-shared/model/sut.ts';
import { asWorkbenchError, WorkbenchError } from '../../errors.ts';
import { findSut, findSutByName, type SutRow } from '../../store/suts.ts';
import type { Caller } from '../caller.ts';
import { checkFields } from '../suts/check-fields.ts';
import { checkEndpoints } from '../suts/keep-endpoints.ts';
import { createSut, updateSut, type SutRequest } from '../suts/save-sut.ts';
import type { SutServices } from '../suts/sut-services.ts';
import { readCsvSuts } from './csv-suts.ts';
import { inputOf, type FileSut } from './file-sut.ts';
import { readYamlSuts } from './yaml-suts.ts';

interface SutFile {
  format: SutFileFormat;
  text: string;
}

interface Judged {
  row: SutFileRow;
  before: SutRow | undefined;
  /** Null when it is wrong. */
  wanted: SutRequest | null;
  parent: string | null | undefined;
}

export function previewSuts(services: Pick<SutServices, 'store'>, file: SutFile): SutFileRow[] {
  return judgeAll(services, file).map(({ row }) => row);
}

/** Saves what is right, parents before what is part of them; a machine that is refused keeps none of the others. */
export async function importSuts(services: SutServices, file: SutFile, caller: Caller): Promise<SutFileRow[]> {
  const judged = judgeAll(services, file);
  const waiting = new Set(judged.filter(({ row }) => row.outcome === 'new' || row.outcome === 'changed'));
  while (waiting.size > 0) {
    const names = new Set([...waiting].map(({ row }) => row.name));
    const next = [...waiting].find(({ parent }) => parent === undefined || parent === null || !names.has(parent)) ?? [...waiting][0];
    if (next === undefined) break;
    waiting.delete(next);
    await saveOne(services, next, caller);
  }
  return judged.map(({ row }) => row);
}

async function saveOne(services: SutServices, { row, before, wanted, parent }: Judged, caller: Caller): Promise<void> {
  if (wanted === null) return;
  try {
    const inside = parent === undefined ? {} : { parentId: parent === null ? null : idOf(services, parent) };
    if (before === undefined) await createSut(services, { ...wanted, ...inside }, caller);
    else await updateSut(services, { ...wanted, ...inside, id: before.id }, caller);
  } catch (thrown) {
    row.outcome = 'wrong';
    row.problems.push(asWorkbenchError(thrown).message);
  }
}

function idOf({ store }: SutServices, name: string): string {
  const found = findSutByName(store, name);
  if (found === undefined) throw new WorkbenchError('NOT_FOUND', `${name}, which it is part of, could not be added.`);
  return found.id;
}

const READERS: Readonly<Record<SutFileFormat, (text: string) => FileSut[]>> = { csv: readCsvSuts, yaml: readYamlSuts };

function judgeAll({ store }: Pick<SutServices, 'store'>, { format, text }: SutFile): Judged[] {
  if (text.includes('\uFFFD')) throw new WorkbenchError('BAD_REQUEST', 'The file is not in UTF-8. Save it as UTF-8 and try again.');
  const seen = new Map<string, number>();
  const judged = READERS[format](text).map((fileSut) => {
    const one = judge(store, fileSut);
    const first = seen.get(one.row.name);
    if (first !== undefined) fail(one, `Line ${first} is about ${one.row.name} already.`);
    else seen.set(one.row.name, one.row.line);
    return one;
  });
  for (const one of judged) checkParent(store, one, judged);
  return judged;
}

function judge(store: SutServices['store'], { line, name, problems, parent, over }: FileSut): Judged {
  const before = name === '' ? undefined : findSutByName(store, name.trim());
  // Through the schema, so that what was kept before a new property came has that property too.
  const now = before === undefined ? null : SutInput.parse(inputOf(before));
  const read = SutInput.safeParse(over(now ?? { name }));
  const all = [...problems, ...(read.success ? refusals(read.data) : read.error.issues.map(issueWords))];
  const changes = read.success && now !== null ? differences(now, read.data) : [];
  if (parent !== undefined && before !== undefined && parentName(store, before) !== parent) changes.push('parent');
  const outcome = all.length > 0 ? 'wrong' : before === undefined ? 'new' : changes.length > 0 ? 'changed' : 'same';
  const row: SutFileRow = { line, name: name.trim(), outcome, changes, problems: all };
  return { row, before, wanted: read.success && all.length === 0 ? read.data : null, parent };
}

function fail(judged: Judged, problem: string): void {
  judged.row.outcome = 'wrong';
  judged.row.problems.push(problem);
  judged.wanted = null;
}

function refusals({ information, endpoints = [] }: SutRequest): string[] {
  return [() => checkFields(information), () => checkEndpoints(endpoints)].flatMap((check) => {
    try {
      check();
      return [];
    } catch (thrown) {
      return asWorkbenchError(thrown).data.reasons.map(({ message }) => message);
    }
  });
}

function issueWords({ path, message }: z.core.$ZodIssue): string {
  const [part, place, ...rest] = path.map(String);
  if (part === undefined) return message;
  const where =
    place === undefined ? part : `${part.replace(/s$/u, '')} ${Number(place) + 1}${rest.length === 0 ? '' : `, ${rest.join('.')}`}`;
  return `${where}: ${message}`;
}

/** Which parts of the machine would be others, in words. */
function differences(now: SutRequest, wanted: SutRequest): string[] {
  const changes: string[] = [];
  if (now.role !== wanted.role) changes.push('role');
  if (text([...now.tags].sort()) !== text([...new Set(wanted.tags)].sort())) changes.push('tags');
  if (wanted.maintainedBy !== undefined && now.maintainedBy !== wanted.maintainedBy) changes.push('maintainer');
  const fields = new Map(now.information.map((field) => [field.key, field]));
  for (const field of wanted.information)
    if (field.secret !== undefined || !sameField(fields.get(field.key), field)) changes.push(`field ${field.key}`);
  for (const key of fields.keys()) if (!wanted.information.some((field) => field.key === key)) changes.push(`field ${key} removed`);
  const ways = (now.endpoints ?? []).map((endpoint) => text(endpoint));
  for (const [place, endpoint] of (wanted.endpoints ?? []).entries())
    if (text(endpoint) !== ways[place]) changes.push(`endpoint ${place + 1}`);
  for (let place = wanted.endpoints?.length ?? ways.length; place < ways.length; place += 1) changes.push(`endpoint ${place + 1} removed`);
  return changes;
}

type Field = SutRequest['information'][number];
/** A secret that is not given anew is the one that is stored. */
function sameField(a: Field | undefined, b: Field): boolean {
  return a !== undefined && a.kind === b.kind && (b.kind === 'secret' || a.value === b.value);
}

/** The same text for the same content, in whatever order it was written. */
function text(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

function parentName(store: SutServices['store'], { parentId }: SutRow): string | null {
  return parentId === null ? null : (findSut(store, parentId)?.name ?? null);
}

/** What it is part of is known here or stands in the file, and the way up never comes back to it. */
function checkParent(store: SutServices['store'], one: Judged, all: readonly Judged[]): void {
  if (typeof one.parent !== 'string') return;
  const above = (name: string): string | null => {
    const inFile = all.find(({ row }) => row.name === name);
    if (inFile?.parent !== undefined) return inFile.parent;
    const known = findSutByName(store, name);
    return known === undefined ? null : parentName(store, known);
  };
  const direct = all.find(({ row }) => row.name === one.parent);
  if (findSutByName(store, one.parent) === undefined) {
    if (direct === undefined) return fail(one, `It is part of ${one.parent}, which is neither known here nor in this file.`);
    if (direct.wanted === null) return fail(one, `It is part of ${one.parent}, which cannot be added: see line ${direct.row.line}.`);
  }
  const seen = new Set<string>();
  for (let next: string | null = one.parent; next !== null && !seen.has(next); next = above(next)) {
    if (next === one.row.name) return fail(one, `It would be part of itself, by way of ${one.parent}.`);
    seen.add(next);
  }
}
