import type { Codec } from './codec.js';
import type { Reader } from './reader.js';

/** A part of a little-endian number: `width` bits from bit `low` up. */
export interface BitField<T> {
  get(word: number): T;
  put(value: T): number;
}

type BitFields = Readonly<Record<string, BitField<unknown>>>;
type BitValue<F> = F extends BitField<infer T> ? T : never;

/** Words have at most 32 bits, so shifting is enough. */
function slice(word: number, low: number, width: number): number {
  return width >= 32 ? word : (word >>> low) & ((1 << width) - 1);
}

/** A flag. */
export function bit(low: number): BitField<boolean> {
  return { get: (word) => ((word >>> low) & 1) === 1, put: (value) => (value ? 2 ** low : 0) };
}

/** A flag that is stored upside down (0 means true). */
export function clearBit(low: number): BitField<boolean> {
  return { get: (word) => ((word >>> low) & 1) === 0, put: (value) => (value ? 0 : 2 ** low) };
}

/** An unsigned number; values that do not fit are cut to the field. */
export function span(low: number, width: number): BitField<number> {
  return { get: (word) => slice(word, low, width), put: (value) => (value % 2 ** width) * 2 ** low };
}

/** A number with names; a number without a name stays a number. */
export function choice<const N extends Readonly<Record<number, string>>>(field: BitField<number>, names: N): BitField<N[keyof N] | number> {
  const numbers = new Map(Object.entries(names).map(([key, name]) => [name, Number(key)]));
  return {
    get: (word) => {
      const value = field.get(word);
      return (names[value] as N[keyof N] | undefined) ?? value;
    },
    put: (value) => field.put(typeof value === 'number' ? value : (numbers.get(value as string) ?? 0)),
  };
}

/** `size` bytes, little-endian, taken apart into fields. */
export function bits<F extends BitFields>(size: number, fields: F): Codec<{ [K in keyof F]: BitValue<F[K]> }> {
  const entries = Object.entries(fields);
  const fill = (reader: Reader, out: object): void => {
    const word = reader.uint(size);
    for (const [name, field] of entries) (out as Record<string, unknown>)[name] = field.get(word);
  };
  return {
    fill,
    read: (reader) => {
      const out = {};
      fill(reader, out);
      return out as { [K in keyof F]: BitValue<F[K]> };
    },
    write: (writer, value) => {
      let word = 0;
      for (const [name, field] of entries) word += field.put(value[name]);
      writer.uint(word, size);
    },
  };
}
