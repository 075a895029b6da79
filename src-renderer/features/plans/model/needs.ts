import type { FieldNeed } from '../../../../src-shared/model/sut-needs.ts';

const OPERATORS = [
  ['>=', 'atLeast'],
  ['<=', 'atMost'],
  ['!=', 'isNot'],
  ['~', 'contains'],
  ['=', 'is'],
] as const;

/** `memoryGb >= 64`, `vendor = Dell`, `model ~ R7`, `site != lab-2`, or a key alone: it must be there. Undefined when it cannot be understood. */
export function readNeed(text: string): FieldNeed | undefined {
  const written = text.trim();
  if (written === '') return undefined;
  for (const [sign, operator] of OPERATORS) {
    const at = written.indexOf(sign);
    if (at < 0) continue;
    const [key, value] = [written.slice(0, at).trim(), written.slice(at + sign.length).trim()];
    if (key === '' || value === '' || !/^[\p{L}\p{N}_.-]+$/u.test(key)) return undefined;
    if ((operator === 'atLeast' || operator === 'atMost') && !Number.isFinite(Number(value))) return undefined;
    return { key, operator, value: Number.isFinite(Number(value)) ? Number(value) : value };
  }
  return /^[\p{L}\p{N}_.-]+$/u.test(written) ? { key: written, operator: 'exists', value: null } : undefined;
}

export function needText({ key, operator, value }: FieldNeed): string {
  const sign = OPERATORS.find(([, name]) => name === operator)?.[0];
  return sign === undefined ? key : `${key} ${sign} ${String(value)}`;
}
