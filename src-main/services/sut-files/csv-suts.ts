import { FieldKind, type SutFieldInput, type SutInput } from '../../../src-shared/model/sut.ts';
import type { EndpointInput } from '../../../src-shared/model/sut-endpoint.ts';
import { readCsv, writeCsv } from '../../../src-shared/text/csv.ts';
import { WorkbenchError } from '../../errors.ts';
import { inputOf, type FileSut } from './file-sut.ts';
import type { SutRow } from '../../store/suts.ts';

const FACTS = ['name', 'role', 'tags', 'maintainedBy', 'parent'] as const;
const WAYS = ['provider', 'address', 'port', 'user', 'password', 'pin', 'memoryMib', 'diskGib', 'commands'] as const;
type Way = (typeof WAYS)[number];
const NUMBERS: readonly string[] = ['port', 'memoryMib', 'diskGib'];
const BETWEEN_TAGS = /\s*;\s*/u;

type Column =
  | { of: 'fact'; fact: (typeof FACTS)[number] }
  | { of: 'endpoint'; place: number; part: Way }
  | { of: 'field'; key: string; kind: FieldKind };

/** The machines of a CSV file; refused as a whole only when its first line does not say what is in the columns. */
export function readCsvSuts(text: string): FileSut[] {
  const { rows, open } = readCsv(text);
  const [head, ...lines] = rows;
  const columns = (head?.cells ?? []).map(columnOf);
  if (!columns.some((column) => column?.of === 'fact' && column.fact === 'name'))
    throw new WorkbenchError('BAD_REQUEST', 'The first line names the columns, and one of them is "name". An export shows how it looks.');
  if (open !== null) throw new WorkbenchError('BAD_REQUEST', `Line ${open}: a quotation mark is opened and never closed.`);
  return lines.map(({ line, cells }) => {
    const given = columns.flatMap((column, place) => {
      const cell = cells[place]?.trim() ?? '';
      return column === null || cell === '' ? [] : [{ column, cell }];
    });
    const fact = (wanted: string): string | undefined => given.find(({ column }) => column.of === 'fact' && column.fact === wanted)?.cell;
    const problems = cells.length > columns.length ? [`It has ${cells.length} cells, the first line ${columns.length}.`] : [];
    return { line, name: fact('name') ?? '', problems, parent: fact('parent'), over: (before) => overlaid(before, given, fact) };
  });
}

function columnOf(title: string): Column | null {
  const name = title.trim();
  const fact = FACTS.find((each) => each.toLowerCase() === name.toLowerCase().replaceAll(/[\s_]/gu, ''));
  if (fact !== undefined) return { of: 'fact', fact };
  const endpoint = /^endpoint(\d*)\.(\w+)$/iu.exec(name);
  const part = WAYS.find((each) => each.toLowerCase() === endpoint?.[2]?.toLowerCase());
  if (endpoint !== null && part !== undefined) return { of: 'endpoint', place: Math.max(1, Number(endpoint[1] ?? 1)) - 1, part };
  const [, key = name, said = 'text'] = /^(.*):(\w+)$/u.exec(name) ?? [];
  const kind = FieldKind.safeParse(said.toLowerCase());
  return name === '' ? null : { of: 'field', key: kind.success ? key.trim() : name, kind: kind.success ? kind.data : 'text' };
}

interface Given {
  column: Column;
  cell: string;
}

function overlaid(before: SutInput, given: readonly Given[], fact: (name: string) => string | undefined): unknown {
  const [role, tags, maintainedBy] = [fact('role'), fact('tags'), fact('maintainedBy')];
  const information = [...(before.information ?? [])];
  const endpoints: Partial<EndpointInput>[] = [...(before.endpoints ?? [])];
  for (const { column, cell } of given) {
    if (column.of === 'field') putField(information, { ...column, cell });
    if (column.of !== 'endpoint') continue;
    while (endpoints.length <= column.place && endpoints.length < 11) endpoints.push({});
    endpoints[column.place] = { ...endpoints[column.place], [column.part]: wayValue(column.part, cell) };
  }
  return {
    ...before,
    ...(role === undefined ? {} : { role: role.toLowerCase() }),
    ...(tags === undefined ? {} : { tags: tags.split(BETWEEN_TAGS).filter((tag) => tag !== '') }),
    ...(maintainedBy === undefined ? {} : { maintainedBy }),
    ...{ information, endpoints },
  };
}

function putField(information: SutFieldInput[], { key, kind, cell }: { key: string; kind: FieldKind; cell: string }): void {
  const place = information.findIndex((field) => field.key === key);
  const old = information[place];
  const field = { key, kind, ...(kind === 'secret' ? { value: old?.value ?? null, secret: cell } : { value: fieldValue(kind, cell) }) };
  if (place < 0) information.push(field);
  else information[place] = field;
}

function fieldValue(kind: FieldKind, cell: string): SutFieldInput['value'] {
  if (kind === 'number' && Number.isFinite(Number(cell))) return Number(cell);
  if (kind === 'boolean' && /^(?:true|yes|1)$/iu.test(cell)) return true;
  if (kind === 'boolean' && /^(?:false|no|0)$/iu.test(cell)) return false;
  return cell;
}

function wayValue(part: Way, cell: string): unknown {
  if (NUMBERS.includes(part)) return Number(cell);
  if (part !== 'commands') return part === 'provider' ? cell.toLowerCase() : cell;
  try {
    return JSON.parse(cell) as unknown;
  } catch {
    return cell;
  }
}

/** Everything but secrets; a column for each field that any of the machines has. */
export function writeCsvSuts(suts: readonly (SutRow & { parentName: string | null })[]): string {
  const fields = [...new Set(suts.flatMap(({ information }) => information.map(titleOf)))];
  const most = Math.max(0, ...suts.map(({ endpoints }) => endpoints.length));
  const ways = WAYS.filter((part) => part !== 'password');
  const places = Array.from({ length: most }, (_, place) => place);
  const head = [...FACTS, ...places.flatMap((place) => ways.map((part) => `endpoint${place === 0 ? '' : place + 1}.${part}`)), ...fields];
  return writeCsv([
    head,
    ...suts.map((sut) => {
      const { endpoints = [] } = inputOf(sut);
      const reached = places.flatMap((place) => ways.map((part) => wayText(endpoints[place], part)));
      const told = fields.map((title) => fieldText(sut.information.find((field) => titleOf(field) === title)));
      return [sut.name, sut.role, sut.tags.join('; '), sut.maintainedBy, sut.parentName ?? '', ...reached, ...told];
    }),
  ]);
}

/** Text without its kind, unless the name would be read as something else. */
function titleOf({ key, kind }: { key: string; kind: FieldKind }): string {
  const bare = columnOf(key);
  return kind === 'text' && bare?.of === 'field' && bare.key === key ? key : `${key}:${kind}`;
}

function fieldText(field: SutFieldInput | undefined): string {
  return field === undefined || field.kind === 'secret' || field.value === null ? '' : String(field.value);
}

function wayText(endpoint: EndpointInput | undefined, part: Way): string {
  const value = endpoint?.[part];
  if (value === undefined || value === null) return '';
  if (typeof value !== 'object') return String(value);
  return Object.keys(value).length === 0 ? '' : JSON.stringify(value);
}
