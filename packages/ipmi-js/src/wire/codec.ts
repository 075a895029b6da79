import { MalformedError } from './errors.js';
import { Reader } from './reader.js';
import { Writer } from './writer.js';

/** One field or message, readable and writable, so that client and simulator share one description. */
export interface Codec<T> {
  read(reader: Reader): T;
  write(writer: Writer, value: T): void;
  /** Reads fields straight into an object, where codecs are merged. */
  fill?(reader: Reader, out: object): void;
}

/** The value type of a codec. */
export type Value<C> = C extends Codec<infer T> ? T : never;

type Fields = Readonly<Record<string, Codec<unknown>>>;
type Merge<C extends readonly Codec<unknown>[]> = C extends readonly [infer First, ...infer Rest extends Codec<unknown>[]]
  ? Value<First> & Merge<Rest>
  : unknown;
type Flat<T> = { [K in keyof T]: T[K] };

function unsigned(size: number): Codec<number> {
  return {
    read: (reader) => reader.uint(size),
    write: (writer, value) => void writer.uint(value, size),
  };
}

export const u8 = unsigned(1);
export const u16 = unsigned(2);
export const u24 = unsigned(3);
export const u32 = unsigned(4);

/** Nothing on the wire. */
export const empty: Codec<void> = { read: () => undefined, write: () => undefined };

/** Exactly `size` bytes; shorter values are padded with zeros, longer ones refused. */
export function bytes(size: number): Codec<Buffer> {
  return {
    read: (reader) => reader.bytes(size),
    write: (writer, value) => {
      if (value.length > size) throw new MalformedError(`${value.length} bytes do not fit in a field of ${size}`);
      writer.bytes(value).zeros(size - value.length);
    },
  };
}

/** All bytes that are left. */
export const rest: Codec<Buffer> = {
  read: (reader) => reader.rest(),
  write: (writer, value) => void writer.bytes(value),
};

/** Bytes without meaning here: written as zeros, ignored when read. */
export function reserved(size: number): Codec<unknown> {
  return { read: (reader) => (reader.skip(size), {}), write: (writer) => void writer.zeros(size) };
}

/** Named fields one after the other. */
export function struct<F extends Fields>(fields: F): Codec<{ [K in keyof F]: Value<F[K]> }> {
  const entries = Object.entries(fields);
  const fill = (reader: Reader, out: object): void => {
    for (const [name, codec] of entries) (out as Record<string, unknown>)[name] = codec.read(reader);
  };
  return {
    fill,
    read: (reader) => {
      const out = {};
      fill(reader, out);
      return out as { [K in keyof F]: Value<F[K]> };
    },
    write: (writer, value) => {
      for (const [name, codec] of entries) codec.write(writer, value[name]);
    },
  };
}

/** Several object codecs one after the other, their properties side by side in one object. */
export function merge<C extends readonly Codec<unknown>[]>(...codecs: C): Codec<Flat<Merge<C>>> {
  return {
    read: (reader) => {
      const out = {};
      for (const codec of codecs) {
        if (codec.fill === undefined) Object.assign(out, codec.read(reader));
        else codec.fill(reader, out);
      }
      return out as Flat<Merge<C>>;
    },
    write: (writer, value) => {
      for (const codec of codecs) codec.write(writer, value);
    },
  };
}

/** A field that old firmware leaves out: `undefined` when no bytes are left (or too few for it). */
export function optional<T>(codec: Codec<T>): Codec<T | undefined> {
  return {
    read: (reader) => {
      if (reader.remaining === 0) return undefined;
      try {
        return codec.read(reader);
      } catch (error) {
        if (error instanceof MalformedError) return undefined;
        throw error;
      }
    },
    write: (writer, value) => {
      if (value !== undefined) codec.write(writer, value);
    },
  };
}

/** The same bytes with another value type. */
export function mapped<A, B>(codec: Codec<A>, from: (value: A) => B, to: (value: B) => A): Codec<B> {
  return { read: (reader) => from(codec.read(reader)), write: (writer, value) => codec.write(writer, to(value)) };
}

/** Known numbers by name; a number without a name stays a number. */
export function named<const N extends Readonly<Record<number, string>>>(codec: Codec<number>, names: N): Codec<N[keyof N] | number> {
  const numbers = new Map(Object.entries(names).map(([key, name]) => [name, Number(key)]));
  return mapped<number, N[keyof N] | number>(
    codec,
    (value) => (names[value] as N[keyof N] | undefined) ?? value,
    (value) => {
      if (typeof value === 'number') return value;
      const found = numbers.get(value as string);
      if (found === undefined) throw new MalformedError(`unknown name ${String(value)}`);
      return found;
    },
  );
}

/** Bytes to value; bytes that are left over are allowed, because later revisions append fields. */
export function unpack<T>(codec: Codec<T>, data: Uint8Array): T {
  return codec.read(new Reader(data));
}

/** Value to bytes. */
export function pack<T>(codec: Codec<T>, value: T): Buffer {
  const writer = new Writer();
  codec.write(writer, value);
  return writer.finish();
}
