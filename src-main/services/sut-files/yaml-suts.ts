import { isMap, isSeq, LineCounter, parseDocument, stringify, type Node } from 'yaml';
import type { EndpointInput } from '../../../src-shared/model/sut-endpoint.ts';
import type { SutInput } from '../../../src-shared/model/sut.ts';
import { WorkbenchError } from '../../errors.ts';
import type { SutRow } from '../../store/suts.ts';
import { inputOf, type FileSut } from './file-sut.ts';

type Facts = Record<string, unknown>;
const KNOWN: readonly string[] = ['name', 'role', 'tags', 'maintainedBy', 'parent', 'information', 'endpoints'];

/** One machine or a list of them. Broken YAML is refused as a whole, with its line: nobody knows what it was meant to say. */
export function readYamlSuts(text: string): FileSut[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const wrong = document.errors[0];
  if (wrong !== undefined)
    throw new WorkbenchError(
      'BAD_REQUEST',
      `Line ${lines.linePos(wrong.pos[0]).line}: this is not YAML. ${wrong.message.split('\n')[0] ?? ''}`,
    );
  const root: unknown = document.contents;
  const nodes: unknown[] = isSeq(root) ? root.items : isMap(root) ? [root] : [];
  if (nodes.length === 0)
    throw new WorkbenchError('BAD_REQUEST', 'The file holds no machine: a list of name, role, tags, information, endpoints is expected.');
  return nodes.map((node) => {
    const line = lines.linePos((node as Node).range?.[0] ?? 0).line;
    if (!isMap(node))
      return { line, name: '', problems: ['This is no machine: name: ... is expected.'], parent: undefined, over: (before) => before };
    return fileSut(line, node.toJS(document) as Facts);
  });
}

function fileSut(line: number, facts: Facts): FileSut {
  const { name, parent, information, endpoints, ...rest } = facts;
  const unknown = Object.keys(facts).filter((key) => !KNOWN.includes(key));
  const problems = [
    ...unknown.map((key) => `Nobody knows what "${key}" is. What is told to suites stands under information.`),
    ...(parent === undefined || parent === null || typeof parent === 'string' ? [] : ['parent is the name of a machine.']),
  ];
  return {
    ...{ line, problems },
    name: typeof name === 'string' || typeof name === 'number' ? String(name) : '',
    parent: parent === null || typeof parent === 'string' ? parent : undefined,
    over: (before) => ({
      ...before,
      ...rest,
      ...(information === undefined ? {} : { information: fieldsOf(information) }),
      ...(endpoints === undefined ? {} : { endpoints: known(endpoints, before.endpoints ?? []) }),
    }),
  };
}

/** A list of fields as the API takes them, or a short map of keys to values. */
function fieldsOf(information: unknown): unknown {
  if (typeof information !== 'object' || information === null) return information;
  if (Array.isArray(information)) return information.map((field: unknown) => (isFacts(field) ? { value: null, ...field } : field));
  const kinds: Record<string, string> = { number: 'number', boolean: 'boolean' };
  return Object.entries(information).map(([key, value]) => ({ key, kind: kinds[typeof value] ?? 'text', value: value as unknown }));
}

/** An endpoint that was there before is still the same one, and keeps its password. */
function known(endpoints: unknown, before: readonly EndpointInput[]): unknown {
  if (!Array.isArray(endpoints)) return endpoints;
  const left = [...before];
  return endpoints.map((endpoint: unknown) => {
    if (!isFacts(endpoint)) return endpoint;
    const place = left.findIndex(
      ({ provider, address = '' }) => provider === endpoint['provider'] && address === (endpoint['address'] ?? ''),
    );
    const same = place < 0 ? undefined : left.splice(place, 1)[0];
    return same === undefined ? endpoint : { ...endpoint, id: same.id };
  });
}

const isFacts = (value: unknown): value is Facts => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Everything but secrets, so that reading it again changes nothing. */
export function writeYamlSuts(suts: readonly (SutRow & { parentName: string | null })[]): string {
  return stringify(
    suts.map((sut) => {
      const { information, endpoints = [], ...facts }: SutInput = inputOf(sut);
      return {
        ...facts,
        ...(sut.parentName === null ? {} : { parent: sut.parentName }),
        information: (information ?? []).map(({ key, kind, value }) => (kind === 'secret' ? { key, kind } : { key, kind, value })),
        endpoints: endpoints.map(spare),
      };
    }),
    { lineWidth: 0 },
  );
}

/** What is not said is left out. */
function spare(endpoint: EndpointInput): Facts {
  const said = ([key, value]: [string, unknown]): boolean =>
    key !== 'id' && value !== null && value !== '' && JSON.stringify(value) !== '{}';
  return Object.fromEntries(Object.entries(endpoint).filter(said));
}
