import { mkdirSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LanguageEvent } from '../../../src-shared/contract/harness/language.ts';
import { WorkbenchError } from '../../errors.ts';
import { newId } from '../../new-id.ts';
import { ensureEnvironment } from '../../robot/environment.ts';
import { findPython } from '../../robot/find-python.ts';
import { environmentsFolder } from '../environments/environments-folder.ts';
import { saveRevision } from '../test-data/save-revision.ts';
import { ada, bench, folderWith } from '../test-data/test-bench.ts';
import { LanguageService } from './language-service.ts';
import type { LanguageServices } from './language-services.ts';

const scripts = join(import.meta.dirname, '../../../resources/robot');
const SUITE = [
  '*** Settings ***',
  'Library    Collections',
  'Resource    ours.resource',
  '*** Test Cases ***',
  'One',
  '    Log Lisst    ${x}',
  '    Ours',
  '',
];
const RESOURCE = ['*** Keywords ***', 'Ours', '    [Documentation]    What only we can do.', '    No Operation', ''];
const opened: LanguageService[] = [];
let python = '';

beforeAll(async () => {
  const requirements = ['robotframework==7.5', 'robotcode[languageserver]==2.8.0'];
  const { python: runner } = await findPython();
  ({ python } = await ensureEnvironment({ folder: scripts, runner, root: environmentsFolder(), requirements, uvElse: null }));
}, 180_000);
afterAll(() => Promise.all(opened.map((service) => service.close())));

/** A window that edits test data with one suite, and what the server has told it. */
async function editing(changed: Partial<LanguageServices> = {}) {
  const data = bench();
  const { testData } = await data.import(folderWith({ 'one.robot': SUITE.join('\n'), 'ours.resource': RESOURCE.join('\n') }));
  const scratch = join(data.home, 'language');
  mkdirSync(scratch);
  const service = new LanguageService({
    ...data.services,
    scratch,
    newId: () => newId(Date.now()),
    environment: () => Promise.resolve({ python, pythonPath: [] }),
    environmentKey: () => '',
    idleMs: 600_000,
    ...changed,
  });
  opened.push(service);
  const left = new AbortController();
  const window = new Window(service, service.follow({ id: testData.id, caller: ada, signal: left.signal }));
  return { data, testData, scratch, service, window, leave: () => left.abort() };
}

interface Problems {
  params?: { uri?: string; diagnostics?: { message: string }[] };
}

/** Linux only, where these tests run. */
function processesIn(folder: string): number[] {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/u.test(name));
  return ids.map(Number).filter((id) => readlinkOf(`/proc/${id}/cwd`).startsWith(folder));
}

function readlinkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return ''; // it has ended meanwhile
  }
}

class Window {
  readonly #service: LanguageService;
  readonly #events: AsyncGenerator<LanguageEvent, void, void>;
  #ready: { session: string; rootUri: string } = { session: '', rootUri: '' };
  #last = 0;

  constructor(service: LanguageService, events: AsyncGenerator<LanguageEvent, void, void>) {
    this.#service = service;
    this.#events = events;
  }

  async until<Found>(wanted: (event: LanguageEvent) => Found | undefined): Promise<Found> {
    for (let next = await this.#events.next(); next.done !== true; next = await this.#events.next()) {
      if (next.value.type === 'ready') this.#ready = next.value;
      const found = wanted(next.value);
      if (found !== undefined) return found;
    }
    throw new Error('The stream has ended.');
  }

  ready = () => this.until((event) => (event.type === 'ready' ? event : undefined));
  away = () => this.until((event) => (event.type === 'away' ? event.why : undefined));

  async ended(): Promise<void> {
    while ((await this.#events.next()).done !== true);
  }

  uri = (path: string) => `${this.#ready.rootUri}/${path}`;

  tell(method: string, params: object, id?: number): void {
    const json = JSON.stringify({ jsonrpc: '2.0', method, params, ...(id === undefined ? {} : { id }) });
    this.#service.tell({ session: this.#ready.session, json, caller: ada });
  }

  open(path: string, text: string): void {
    this.tell('textDocument/didOpen', { textDocument: { uri: this.uri(path), languageId: 'robotframework', version: 1, text } });
  }

  async ask<Answer>(method: string, path: string, position: object): Promise<Answer> {
    const id = (this.#last += 1);
    this.tell(method, { textDocument: { uri: this.uri(path) }, position }, id);
    return this.until((event) => {
      const message = event.type === 'message' ? (JSON.parse(event.json) as { id?: number; result?: Answer }) : {};
      return message.id === id ? message.result : undefined;
    });
  }

  /** Waits until a file has a problem that says this. */
  problem(path: string, words: string): Promise<string[]> {
    return this.until((event) => {
      const { params } = event.type === 'message' ? (JSON.parse(event.json) as Problems) : {};
      const said = params?.uri === this.uri(path) ? (params.diagnostics ?? []).map(({ message }) => message) : [];
      return said.some((each) => each.includes(words)) ? said : undefined;
    });
  }
}

test('finds errors, offers keywords of libraries, documents them and says where they are', async () => {
  const { window, leave, scratch } = await editing();
  await window.ready();
  window.open('one.robot', SUITE.join('\n'));
  await window.problem('one.robot', "No keyword with name 'Log Lisst' found");

  const text = [...SUITE.slice(0, 5), '    Log Li', '    Ours', ''].join('\n');
  window.tell('textDocument/didChange', { textDocument: { uri: window.uri('one.robot'), version: 2 }, contentChanges: [{ text }] });
  const offered = await window.ask<{ items: { label: string }[] }>('textDocument/completion', 'one.robot', { line: 5, character: 10 });
  expect(offered.items.map(({ label }) => label)).toContain('Log List');

  const hover = await window.ask<{ contents: { value: string } }>('textDocument/hover', 'one.robot', { line: 6, character: 6 });
  expect(hover.contents.value).toContain('What only we can do.');
  const places = await window.ask<{ uri: string; targetUri?: string }[]>('textDocument/definition', 'one.robot', { line: 6, character: 6 });
  expect(places.map(({ uri, targetUri }) => targetUri ?? uri)).toEqual([window.uri('ours.resource')]);

  leave();
  await window.ended();
  expect(readdirSync(scratch)).toEqual([]);
  expect(processesIn(scratch)).toEqual([]);
}, 90_000);

test('begins anew when the server is killed, and follows the newest revision', async () => {
  const { window, data, testData, leave, scratch } = await editing();
  await window.ready();
  for (const id of processesIn(scratch)) process.kill(id, 'SIGKILL');
  await window.ready();
  const saved = { id: testData.id, base: testData.newest.hash, message: '', caller: ada };
  const text = `${RESOURCE.join('\n')}Later\n    No Operation\n`;
  await saveRevision(data.services, { ...saved, changes: [{ kind: 'write', path: 'ours.resource', text }], look: false });
  window.open('two.robot', '*** Settings ***\nResource    ours.resource\n*** Test Cases ***\nTwo\n    Later\n    Nobody\n');
  expect(await window.problem('two.robot', 'Nobody')).toEqual(["No keyword with name 'Nobody' found."]);
  leave();
  await window.ended();
}, 90_000);

test('says why it is away and what to do, and serves nobody else', async () => {
  const refused = new WorkbenchError('INDEX_UNREACHABLE', 'The package index does not answer. Check the network.');
  const { window, leave, service } = await editing({ environment: () => Promise.reject(refused) });
  expect(await window.away()).toBe('Errors while typing are off: The package index does not answer. Check the network.');
  expect(() => service.tell({ session: 'none', json: '{}', caller: ada })).toThrow('Open the file again');
  leave();
  await window.ended();
});

test('sleeps while nothing is typed and wakes with the next message', async () => {
  const { window, leave } = await editing({ idleMs: 500 });
  await window.ready();
  await window.until((event) => (event.type === 'asleep' ? true : undefined));
  window.tell('textDocument/didClose', { textDocument: { uri: window.uri('one.robot') } });
  await window.ready();
  leave();
  await window.ended();
}, 60_000);

test('takes no message that acts on the machine', async () => {
  const { window, leave } = await editing();
  await window.ready();
  expect(() => window.tell('workspace/executeCommand', { command: 'anything' }, 1)).toThrow('no message about a text');
  leave();
  await window.ended();
}, 60_000);
