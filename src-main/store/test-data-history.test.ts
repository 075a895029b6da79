import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { migrations } from './migrations/registry.ts';
import { openStore } from './open.ts';
import { listRevisions } from './test-data-history.ts';
import { listTestData } from './test-data.ts';

it('test data of a home from before revisions had numbers keep their history, and the root suite that they ran under', () => {
  const home = mkdtempSync(join(tmpdir(), 'atn-store-'));
  const options = { file: join(home, 'harness.db'), backups: join(home, 'backups'), now: 5 };
  const [one, two] = ['1', '2'].map((digit) => digit.repeat(64));
  const old = openStore({ ...options, migrations: migrations.filter(({ id }) => id < 60) });
  old.write.exec(`
    INSERT INTO test_data (id, name, name_key, created_at) VALUES ('a', 'Alpha', 'alpha', 1), ('b', 'Beta', 'beta', 2);
    INSERT INTO revision (hash, file_count, size, suite_count, case_count, error_count) VALUES ('${one}', 1, 10, 2, 3, 4), ('${two}', 1, 10, 0, 0, 0);
    INSERT INTO test_data_revision (test_data_id, hash, imported_at, imported_by, source) VALUES
      ('a', '${one}', 1, 'ada', '/suites/alpha'), ('b', '${two}', 2, 'bob', 'beta.ZIP'), ('a', '${two}', 3, 'bob', 'ATN Workbench');
    INSERT INTO discovery (revision, robot_version, schema, content, found_at) VALUES ('${one}', '7.5', 1, 'x', 1);`);
  old.close();
  const { read, close } = openStore(options);
  expect(listTestData(read)).toMatchObject([
    {
      name: 'Alpha',
      suiteName: 'Suites',
      author: 'ada',
      archivedAt: null,
      link: null,
      revisionCount: 2,
      newest: { number: 2, parent: 1, counts: null },
    },
    { name: 'Beta', author: 'bob', newest: { number: 1, parent: null, source: { kind: 'zip', place: 'beta.ZIP', commit: null } } },
  ]);
  expect(listRevisions(read, 'a')).toMatchObject([
    { number: 2, author: 'bob', source: { kind: 'sample' } },
    { number: 1, createdAt: 1, source: { kind: 'folder', place: '/suites/alpha' }, counts: { suites: 2, cases: 3, errors: 4 } },
  ]);
  close();
});
