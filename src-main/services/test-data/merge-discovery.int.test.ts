import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { FileChange } from '../../../src-shared/model/test-data-change.ts';
import { createEnvironments } from '../environments/default-environment.ts';
import { discoverRevision } from './discover-revision.ts';
import { saveRevision } from './save-revision.ts';
import { ada, bench, folderWith, SUITE } from './test-bench.ts';

const scripts = join(import.meta.dirname, '../../../resources/robot');
const environments = createEnvironments({ scripts, clock: { now: () => Date.now() }, pythonPath: () => null, onFound: () => undefined });
const here = bench(environments);
afterAll(() => here.close());

const INIT = '*** Settings ***\nDocumentation    All of it.\nTest Tags    from-init\n';
const FILES = {
  '__init__.robot': INIT,
  'a.robot': SUITE,
  'B.robot': SUITE,
  'c.robot': `${SUITE}    Bad    \n*** Setings ***\n`,
  'sub/__init__.robot': INIT.replace('All', 'Some'),
  'sub/one.robot': SUITE,
  'sub/deep/two.robot': SUITE,
  'sub/common.resource': '*** Keywords ***\nK\n    Log    1\n',
  'other/01__first.robot': SUITE,
  'other/notes.txt': 'x',
  ...Object.fromEntries(Array.from({ length: 30 }, (_, place) => [`many/s${place}.robot`, SUITE])),
};
const write = (path: string, text: string): FileChange => ({ kind: 'write', path, text });

describe('what is found again after a change', () => {
  it.each<[string, FileChange[]]>([
    ['a changed suite', [write('sub/one.robot', `${SUITE}Two\n    [Tags]    new\n    Log    2\n`)]],
    ['a suite that has no test any more', [write('sub/deep/two.robot', '*** Keywords ***\nX\n    Log    1\n')]],
    ['a broken suite, and one repaired', [write('a.robot', 'nothing\n'), write('c.robot', SUITE)]],
    ['new suites in new folders', [write('sub/aa/new.robot', SUITE), write('Z.robot', SUITE), write('0.robot', SUITE)]],
    [
      'removed suites',
      [
        { kind: 'delete', path: 'B.robot' },
        { kind: 'delete', path: 'other/01__first.robot' },
      ],
    ],
    ['a moved suite', [{ kind: 'rename', path: 'a.robot', to: 'sub/deep/a2.robot' }]],
    ['a changed init file', [write('sub/__init__.robot', '*** Settings ***\nTest Tags    other\nName    Renamed Here\n')]],
    ['a removed init file', [{ kind: 'delete', path: 'sub/__init__.robot' }]],
    ['a new init file', [write('other/__init__.robot', INIT)]],
    ['the init file of all', [write('__init__.robot', INIT.replace('from-init', 'root'))]],
    ['a resource with errors', [write('sub/common.resource', '*** Test Cases ***\nX\n')]],
    ['something that Robot does not read', [write('other/notes.txt', 'y')]],
  ])('is the same as everything looked at anew: %s', async (_name, changes) => {
    const { testData } = await here.import(folderWith(FILES), { name: `Data ${_name}` });
    const { id, newest } = testData;
    await discoverRevision(here.services, { revision: newest.hash });
    const saved = await saveRevision(here.services, { id, base: newest.hash, changes, message: '', caller: ada, look: false });
    const revision = saved.type === 'saved' ? saved.revision.hash : '';
    const { root, errors, tags, cached } = await discoverRevision(here.services, { revision, testDataId: id });
    expect(cached).toBe(false);
    here.services.store.exec('DELETE FROM discovery');
    expect({ root, errors, tags }).toEqual(
      await discoverRevision(here.services, { revision, testDataId: id }).then((found) => ({
        root: found.root,
        errors: found.errors,
        tags: found.tags,
      })),
    );
  });
});
