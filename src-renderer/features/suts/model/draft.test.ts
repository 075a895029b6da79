import { expect, test } from 'vitest';
import type { Sut } from '../../../../src-shared/model/sut.ts';
import { draftOf, emptyDraft, emptyField, inputOf, isSame, obstaclesOf, type Draft } from './draft.ts';

const SUT: Sut = {
  id: '1',
  name: 'dl380-07',
  role: 'sut',
  information: [
    { key: 'bmc', kind: 'address', value: '10.20.4.17' },
    { key: 'slots', kind: 'number', value: 8 },
    { key: 'uefi', kind: 'boolean', value: false },
    { key: 'note', kind: 'text', value: null },
    { key: 'password', kind: 'secret', value: 'secret-reference' },
  ],
  tags: ['rack-4'],
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
};

const withField = (field: Partial<Draft['fields'][number]>): Draft => ({
  ...emptyDraft(),
  name: 'm',
  fields: [{ ...emptyField('a'), key: 'x', ...field }],
});

test('a draft that is not touched asks for what is there already', () => {
  const { name, role, information, tags, maintainedBy, parentId } = SUT;
  expect(inputOf(draftOf(SUT))).toEqual({ name, role, information, tags, maintainedBy, parentId, endpoints: [] });
  expect(obstaclesOf(draftOf(SUT)).size).toBe(0);
});

test('a secret is kept by its reference, replaced by a value, taken away by an empty one', () => {
  const [field] = draftOf(SUT).fields.slice(-1);
  if (field === undefined) throw new Error('no field');
  const asked = (secret: string | null) => inputOf({ ...draftOf(SUT), fields: [{ ...field, secret }] }).information;
  expect(asked(null)).toEqual([{ key: 'password', kind: 'secret', value: 'secret-reference' }]);
  expect(asked('new')).toEqual([{ key: 'password', kind: 'secret', value: 'secret-reference', secret: 'new' }]);
  expect(asked('')).toEqual([{ key: 'password', kind: 'secret', value: 'secret-reference', secret: '' }]);
});

test('what was typed for another kind never becomes the value of a secret', () => {
  expect(inputOf(withField({ kind: 'secret', text: 'plain' })).information).toEqual([{ key: 'x', kind: 'secret', value: null }]);
});

test('typed values become numbers, booleans and trimmed addresses; empty becomes null', () => {
  const value = (field: Partial<Draft['fields'][number]>) => inputOf(withField(field)).information?.[0]?.value;
  expect(value({ kind: 'number', text: ' 8.5 ' })).toBe(8.5);
  expect(value({ kind: 'boolean', text: 'true' })).toBe(true);
  expect(value({ kind: 'address', text: ' bmc.lab ' })).toBe('bmc.lab');
  expect(value({ kind: 'text', text: ' kept as it is ' })).toBe(' kept as it is ');
  for (const kind of ['text', 'number', 'boolean', 'address'] as const) expect(value({ kind, text: '' })).toBeNull();
});

test('obstacles name the field; rows with nothing in them are no obstacle and not sent', () => {
  expect(obstaclesOf(emptyDraft()).get('name')).toMatch(/name/u);
  expect(obstaclesOf(withField({ kind: 'number', text: 'eight' })).get('a')).toMatch(/number/u);
  expect(obstaclesOf(withField({ kind: 'address', text: 'http://x/y' })).get('a')).toMatch(/slashes/u);
  expect(obstaclesOf(withField({ key: '4u' })).get('a')).toMatch(/beginning with a letter/u);
  expect(obstaclesOf(withField({ key: '', text: 'value' })).get('a')).toMatch(/needs a name/u);
  const twice = withField({});
  expect(obstaclesOf({ ...twice, fields: [...twice.fields, { ...emptyField('b'), key: 'x' }] }).get('b')).toMatch(/already/u);
  const blank = withField({ key: '' });
  expect(obstaclesOf(blank).size).toBe(0);
  expect(inputOf(blank).information).toEqual([]);
});

test('the maintainer is left out when empty, so that who saves becomes it', () => {
  expect(inputOf({ ...emptyDraft(), name: ' m ' })).toMatchObject({ name: 'm' });
  expect(inputOf({ ...emptyDraft(), name: 'm' })).not.toHaveProperty('maintainedBy');
});

test('two drafts of the same content are the same', () => {
  expect(isSame(draftOf(SUT), draftOf({ ...SUT, changedAt: 9 }))).toBe(true);
  expect(isSame(draftOf(SUT), draftOf({ ...SUT, tags: [] }))).toBe(false);
});
