import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openStore } from '../../store/open.ts';
import { saveSut } from '../../store/suts.ts';
import { createPeople } from './people.ts';

it('knows who acts, who was listed, and who maintains something; these stay', () => {
  const home = mkdtempSync(join(tmpdir(), 'atn-people-'));
  const { write, close } = openStore({ file: join(home, 'harness.db'), backups: home, now: 1 });
  const people = createPeople(write);
  const facts = { role: 'sut' as const, information: [], tags: [], createdAt: 1, changedAt: 1 };
  saveSut(write, { id: '1', name: 'rack-1', maintainedBy: 'Tomasz', endpoints: [], parentId: null, ...facts });
  expect(people.list('ada')).toEqual([
    { name: 'ada', contact: '', known: 'self' },
    { name: 'Tomasz', contact: '', known: 'seen' },
  ]);
  people.save({ name: 'TOMASZ', contact: 'tomasz@lab' }, 'ada');
  people.save({ name: 'Zoë', contact: '' }, 'ada');
  expect(people.list('ada').map(({ name, known }) => `${name} ${known}`)).toEqual(['ada self', 'TOMASZ listed', 'Zoë listed']);
  expect(() => people.remove('tomasz', 'ada')).toThrow(expect.objectContaining({ code: 'CONFLICT' }) as Error);
  expect(people.remove('zoë', 'ada').map(({ name }) => name)).toEqual(['ada', 'TOMASZ']);
  close();
});
