import type { FieldKind, Sut, SutField, SutFieldInput, SutInput, SutRole } from '../../../../src-shared/model/sut.ts';
import { SutField as SutFieldSchema } from '../../../../src-shared/model/sut.ts';
import type { z } from 'zod';
import { endpointDraft, endpointInput, endpointProblem, type EndpointDraft } from './endpoint-draft.ts';

type Role = z.infer<typeof SutRole>;

/** One field as typed. */
export interface FieldDraft {
  /** For lists on the screen only. */
  readonly id: string;
  readonly key: string;
  readonly kind: FieldKind;
  /** Text, number, address as typed; `true`, `false` or empty for a boolean. */
  readonly text: string;
  /** Reference of a secret that is stored. */
  readonly stored: string | null;
  /** The new value of a secret; null keeps the stored one. */
  readonly secret: string | null;
}

export interface Draft {
  readonly name: string;
  readonly role: Role;
  readonly tags: readonly string[];
  /** Empty: who saves it. */
  readonly maintainedBy: string;
  /** The machine that it is part of or runs on. */
  readonly parentId: string | null;
  readonly fields: readonly FieldDraft[];
  readonly endpoints: readonly EndpointDraft[];
}

export function emptyField(id: string, kind: FieldKind = 'text', key = ''): FieldDraft {
  return { id, key, kind, text: '', stored: null, secret: null };
}

export function emptyDraft(): Draft {
  return {
    name: '',
    role: 'sut',
    tags: [],
    maintainedBy: '',
    parentId: null,
    fields: [emptyField('first', 'address', 'address')],
    endpoints: [],
  };
}

export function draftOf({ name, role, tags, maintainedBy, parentId, information, endpoints }: Sut): Draft {
  return { name, role, tags, maintainedBy, parentId, fields: information.map(fieldDraft), endpoints: endpoints.map(endpointDraft) };
}

function fieldDraft({ key, kind, value }: SutField): FieldDraft {
  const base = emptyField(key, kind, key);
  if (kind === 'secret') return { ...base, stored: typeof value === 'string' ? value : null };
  return { ...base, text: value === null ? '' : String(value) };
}

/** Same content, whatever the rows are called on the screen. */
export function isSame(a: Draft, b: Draft): boolean {
  const plain = (draft: Draft): string => JSON.stringify({ ...draft, fields: draft.fields.map((field) => ({ ...field, id: '' })) });
  return plain(a) === plain(b);
}

/** A row in which nothing was typed is as if it were not there. */
function isBlank({ key, text, stored, secret }: FieldDraft): boolean {
  return key.trim() === '' && text.trim() === '' && stored === null && (secret ?? '') === '';
}

/** What must be repaired before it can be saved: by `name` or the id of a field. The harness has the last word. */
export function obstaclesOf(draft: Draft): ReadonlyMap<string, string> {
  const obstacles = new Map<string, string>();
  if (draft.name.trim() === '') obstacles.set('name', 'A machine needs a name.');
  for (const endpoint of draft.endpoints) {
    const wrong = endpointProblem(endpoint);
    if (wrong !== null) obstacles.set(endpoint.id, wrong);
  }
  const seen = new Set<string>();
  for (const field of draft.fields.filter((each) => !isBlank(each))) {
    const key = field.key.trim();
    const wrong = keyProblem(key, seen) ?? valueProblem(field);
    seen.add(key);
    if (wrong !== null) obstacles.set(field.id, wrong);
  }
  return obstacles;
}

function keyProblem(key: string, seen: ReadonlySet<string>): string | null {
  if (key === '') return 'A field needs a name.';
  if (seen.has(key)) return `There is a field ${key} already.`;
  return SutFieldSchema.shape.key.safeParse(key).success
    ? null
    : 'Letters, digits, dot, dash and underscore, beginning with a letter; at most 100.';
}

function valueProblem({ kind, text }: FieldDraft): string | null {
  const value = text.trim();
  if (value === '') return null;
  if (kind === 'number' && !Number.isFinite(Number(value))) return 'This is not a number.';
  if (kind === 'address' && /[\s/]/u.test(value)) return 'A host name or address, without blanks and slashes.';
  return null;
}

/** The request of a draft without obstacles. */
export function inputOf(draft: Draft): SutInput {
  const maintainer = draft.maintainedBy.trim();
  return {
    name: draft.name.trim(),
    role: draft.role,
    tags: [...draft.tags],
    parentId: draft.parentId,
    ...(maintainer === '' ? {} : { maintainedBy: maintainer }),
    information: draft.fields.filter((field) => !isBlank(field)).map(fieldInput),
    endpoints: draft.endpoints.map(endpointInput),
  };
}

function fieldInput({ key, kind, text, stored, secret }: FieldDraft): SutFieldInput {
  const base = { key: key.trim(), kind };
  switch (kind) {
    case 'secret':
      return { ...base, value: stored, ...(secret === null ? {} : { secret }) };
    case 'number':
      return { ...base, value: text.trim() === '' ? null : Number(text.trim()) };
    case 'boolean':
      return { ...base, value: text === '' ? null : text === 'true' };
    case 'address':
      return { ...base, value: text.trim() === '' ? null : text.trim() };
    case 'text':
      return { ...base, value: text === '' ? null : text };
  }
}
