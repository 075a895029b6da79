import type { FieldKind, SutFieldInput } from '../../../src-shared/model/sut.ts';
import { WorkbenchError } from '../../errors.ts';

type Value = SutFieldInput['value'];

const EXPECTED: Readonly<Record<Exclude<FieldKind, 'secret'>, { fits: (value: Value) => boolean; words: string }>> = {
  text: { fits: (value) => typeof value === 'string', words: 'text' },
  number: { fits: (value) => typeof value === 'number' && Number.isFinite(value), words: 'a number' },
  boolean: { fits: (value) => typeof value === 'boolean', words: 'true or false' },
  address: {
    fits: (value) => typeof value === 'string' && /^[^\s/]+$/u.test(value),
    words: 'a host name or address, without blanks or slashes',
  },
};

/** Refuses keys given twice and values that are not of their kind, all at once. An empty value fits every kind. */
export function checkFields(fields: readonly SutFieldInput[]): void {
  const reasons = [...keysGivenTwice(fields), ...fields.flatMap(valueProblem)];
  if (reasons.length === 0) return;
  throw new WorkbenchError('BAD_REQUEST', reasons.map(({ message }) => message).join(' '), {
    reasons: reasons.map((reason) => ({ code: 'BAD_REQUEST', ...reason })),
  });
}

function keysGivenTwice(fields: readonly SutFieldInput[]) {
  const again = fields.filter(({ key }, place) => fields.findIndex((field) => field.key === key) < place);
  return again.map(({ key }) => ({ subject: key, message: `The field ${key} is there twice.` }));
}

function valueProblem({ key, kind, value }: SutFieldInput) {
  if (kind === 'secret' || value === null || EXPECTED[kind].fits(value)) return [];
  return [{ subject: key, message: `The field ${key} takes ${EXPECTED[kind].words}.` }];
}
