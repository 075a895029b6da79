import type { Need } from '../../../../src-shared/model/reservation.ts';

const FIELD = /^(?<key>[\p{L}_][\p{L}\p{N}_.-]*)(?<sign>>=|<=|=)(?<value>.+)$/u;
const SIGNS = { '>=': 'atLeast', '<=': 'atMost', '=': 'equal' } as const;

/** `uefi 25G cores>=16 rack=R3`: tags, and fields with what they shall be. A value that is a number is compared as one. */
export function needOf(text: string, count: number): Need {
  const tags: string[] = [];
  const fields: Need['fields'] = [];
  for (const word of text.split(/[\s,]+/u).filter((each) => each !== '')) {
    const { key, sign, value } = FIELD.exec(word)?.groups ?? {};
    if (key === undefined || value === undefined) tags.push(word);
    else fields.push({ key, is: SIGNS[sign as keyof typeof SIGNS], value: valueOf(value) });
  }
  return { tags, fields, count };
}

function valueOf(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return Number.isFinite(Number(text)) ? Number(text) : text;
}
