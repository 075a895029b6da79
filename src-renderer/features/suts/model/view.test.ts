import { expect, test } from 'vitest';
import type { Sut } from '../../../../src-shared/model/sut.ts';
import { addressOf, countsOf, grouped, initialsOf, rowsOf } from './view.ts';

const sut = (name: string, part: Partial<Sut> = {}): Sut => ({
  id: name,
  name,
  role: 'sut',
  information: [],
  tags: [],
  maintainedBy: 'tomasz',
  reservedBy: null,
  reservedSince: null,
  reservedUntil: null,
  reservationId: null,
  inUse: null,
  parentId: null,
  endpoints: [],
  identity: null,
  card: [],
  observed: {
    health: { state: 'unknown', since: 0, why: null },
    power: { state: 'unknown', at: 0 },
    seenAt: null,
    provider: null,
    temperature: null,
  },
  maintenance: null,
  quarantine: null,
  createdAt: 0,
  changedAt: 0,
  ...part,
});

const SUTS = [
  sut('ebox', { role: 'environment' }),
  sut('free', { information: [{ key: 'bmc', kind: 'address', value: '10.20.4.17' }] }),
  sut('mine', { reservedBy: 'maria', tags: ['rack-4'] }),
  sut('used', { inUse: { runId: 'r', runName: 'fw-regression' }, information: [{ key: 'p', kind: 'secret', value: 'reference-of-it' }] }),
];

test('counts: mine, free and used do not overlap, and the environment is none of them', () => {
  expect(countsOf(SUTS, 'maria')).toEqual({ all: 4, mine: 1, free: 1, used: 1, care: 0 });
  expect(countsOf(SUTS, null).mine).toBe(0);
});

test('machines stand before the environment, and words find name, tag, run and address, never a secret', () => {
  const names = (find: string) => rowsOf(SUTS, { show: 'all', find, me: 'maria' }).map(({ name }) => name);
  expect(names('')).toEqual(['free', 'mine', 'used', 'ebox']);
  expect(names('RACK')).toEqual(['mine']);
  expect(names('fw-reg')).toEqual(['used']);
  expect(names('10.20 free')).toEqual(['free']);
  expect(names('reference-of-it')).toEqual([]);
});

test('address and initials', () => {
  expect(SUTS.map(addressOf)).toEqual(['', '10.20.4.17', '', '']);
  expect(['Maria Lind', 'tomasz.nowak', 'root', 'Ann Marie Bo', ''].map(initialsOf)).toEqual(['ML', 'TN', 'R', 'AB', '']);
});

test('rows stand in groups, the test environment and what stands alone last', () => {
  const lab = [
    sut('alone'),
    sut('box', { role: 'environment' }),
    sut('host', { parentId: 'box', tags: ['kvm'] }),
    sut('vm', { parentId: 'host', tags: ['uefi', 'kvm'] }),
  ];
  const byId = new Map(lab.map((each) => [each.id, each]));
  const drawn = (grouping: Parameters<typeof grouped>[1]) => {
    const { rows, groupOf } = grouped(lab, grouping, byId);
    return rows.map(({ id }) => [id, groupOf?.get(id)]);
  };
  expect(drawn('kind').map(([id]) => id)).toEqual(['alone', 'host', 'vm', 'box']);
  expect(drawn('host')).toEqual([
    ['box', 'In box'],
    ['host', 'In box'],
    ['vm', 'In host'],
    ['alone', 'Standing alone'],
  ]);
  expect(drawn('tag').map(([, group]) => group)).toEqual(['kvm', 'uefi', 'Without a tag', 'Without a tag']);
  expect(drawn('none')[0]).toEqual(['alone', undefined]);
});
