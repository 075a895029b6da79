import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { copyRecord } from '../src/copy.ts';
import { children } from '../src/items.ts';
import { closeRecord, openRecord } from '../src/open.ts';
import { putItems } from '../src/writer.ts';
import { fixture, smallRun, temporaryFolder } from './fixture.ts';

it('copies a record that is being written into one whole file', () => {
  const { record, writer } = fixture(smallRun);
  const target = join(temporaryFolder(), 'copy.db');
  copyRecord(record, target);
  putItems(writer, [{ id: 99, parent: 1, kind: 'suite', name: 'Later', status: 'running' }]);
  const copy = openRecord(target);
  expect(children(copy, 1, { limit: 10 }).map(({ name }) => name)).toEqual(['Login']);
  closeRecord(copy);
  expect(existsSync(`${target}-wal`)).toBe(false);
  expect(() => copyRecord(record, target)).toThrow();
});
