import type { Need } from './reservation.ts';

const WORDS = { '>=': 'atLeast', '<=': 'atMost', '=': 'equal' } as const;

/** `memory GB >= 64, vendor = Dell` as conditions on fields; a sentence where a part is none. */
export function readConditions(text: string): Need['fields'] | { problem: string } {
  const fields: Need['fields'] = [];
  for (const part of text.split(',').map((each) => each.trim())) {
    if (part === '') continue;
    const [, key = '', sign, said = ''] = /^(.+?)\s*(>=|<=|=)\s*(.+)$/u.exec(part) ?? [];
    if (sign === undefined) return { problem: `“${part}” is no condition. Write for example: memory GB >= 64` };
    const number = Number(said);
    const isNumber = said.trim() !== '' && !Number.isNaN(number);
    if (sign !== '=' && !isNumber) return { problem: `“${part}” compares with what is no number.` };
    fields.push({ key, is: WORDS[sign as keyof typeof WORDS], value: isNumber ? number : said });
  }
  return fields;
}
