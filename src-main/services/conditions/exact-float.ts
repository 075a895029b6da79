import type { CollectionTag, ScalarTag, Tags } from 'yaml';

/** A float that JavaScript would show as a whole number: 3.0 is another type for Robot than 3. */
export class ExactFloat {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }

  /** As JSON, YAML 1.1 (what Python's parsers read) and YAML 1.2 all take for a float. */
  toString(): string {
    const text = String(this.value);
    if (/^-?\d+$/u.test(text)) return `${text}.0`;
    return text.replace(/^(-?\d+)e/u, '$1.0e');
  }
}

/** The number itself where its digits say that it is a float, else wrapped so that they will. */
export function exactFloat(value: number): number | ExactFloat {
  const exact = new ExactFloat(value);
  return exact.toString() === String(value) ? value : exact;
}

const TAG: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  identify: (value) => value instanceof ExactFloat,
  resolve: (text) => Number(text),
  stringify: ({ value }) => String(value),
};

/** For `yaml` to write exact floats. */
export const withExactFloats = (tags: Tags): Tags => [TAG, ...(tags as (ScalarTag | CollectionTag)[])];
