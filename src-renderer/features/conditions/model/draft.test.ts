import { describe, expect, it } from 'vitest';
import { draftOf, inheritedFor, readDraft, type Draft, type Row } from './draft.ts';

const row = (part: Partial<Row>): Row => ({ key: 'k', name: 'LIMIT', type: 'str', text: '', stored: null, ...part });
const draft = (...rows: Row[]): Draft => ({ name: 'uefi', doc: '', parentId: null, rows });
const valueOf = (part: Partial<Row>) => readDraft(draft(row(part))).input?.variables?.[0];

describe('what a person writes into a condition', () => {
  it.each([
    [
      { type: 'str', text: ' a ' },
      { type: 'str', value: ' a ' },
    ],
    [
      { type: 'int', text: '-7' },
      { type: 'int', value: -7 },
    ],
    [
      { type: 'int', text: '12345678901234567890' },
      { type: 'int', value: '12345678901234567890' },
    ],
    [
      { type: 'float', text: '0.5' },
      { type: 'float', value: 0.5 },
    ],
    [
      { type: 'bool', text: 'false' },
      { type: 'bool', value: false },
    ],
    [
      { type: 'list', text: '[1, "two"]' },
      { type: 'list', value: [1, 'two'] },
    ],
    [
      { type: 'dict', text: '{"low": 10}' },
      { type: 'dict', value: { low: 10 } },
    ],
    [
      { type: 'none', text: 'left over' },
      { type: 'none', value: null },
    ],
    [
      { type: 'secret', text: '', stored: 'ref' },
      { type: 'secret', value: 'ref' },
    ],
    [
      { type: 'secret', text: 'new', stored: 'ref' },
      { type: 'secret', value: 'ref', secret: 'new' },
    ],
  ] as const)('keeps the type of %j', (part, value) => expect(valueOf(part)).toEqual({ name: 'LIMIT', ...value }));

  it.each([
    { type: 'int', text: '1.5' },
    { type: 'float', text: '' },
    { type: 'bool', text: 'yes' },
    { type: 'list', text: '{"a": 1}' },
    { type: 'dict', text: '[1]' },
    { type: 'dict', text: '{' },
    { name: '${LIMIT}', text: 'x' },
    { name: ' ' },
  ] as const)('says at its row what is wrong with %j', (part) => {
    const { input, wrong } = readDraft(draft(row(part)));
    expect([input, [...wrong.keys()]]).toEqual([null, ['k']]);
  });

  it('takes two names for one as Robot does', () => {
    const { wrong } = readDraft(draft(row({ key: 'a', name: 'Fan Limit', text: '1' }), row({ key: 'b', name: 'FAN_LIMIT', text: '2' })));
    expect([...wrong.keys()]).toEqual(['b']);
  });

  it('hides what is inherited under a name of its own, and never shows a stored secret', () => {
    const variable = { name: 'FAN_LIMIT', type: 'secret', value: 'ref' } as const;
    const parent = { effective: [{ variable, from: { id: '1', name: 'base' }, overrides: false }] } as unknown as Parameters<
      typeof inheritedFor
    >[1];
    expect(inheritedFor(draft(), parent)).toHaveLength(1);
    expect(inheritedFor(draft(row({ name: 'fan limit' })), parent)).toHaveLength(0);
    expect(
      draftOf({ name: 'c', doc: '', parentId: null, variables: [variable] } as unknown as Parameters<typeof draftOf>[0]).rows[0]?.text,
    ).toBe('');
  });
});
