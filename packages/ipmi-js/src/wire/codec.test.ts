import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bit, bits, choice, clearBit, span } from './bits.js';
import { bytes, merge, named, optional, pack, rest, struct, u16, u32, u8, unpack } from './codec.js';
import { MalformedError } from './errors.js';

const sample = merge(
  struct({ a: u8, b: u16 }),
  bits(2, { low: span(0, 5), flag: bit(5), inverse: clearBit(6), mode: choice(span(7, 3), { 0: 'none', 5: 'five' }), high: span(10, 6) }),
  struct({ c: u32, d: bytes(3), tail: rest }),
);

describe('codec', () => {
  it('reads back what it wrote', () => {
    const arbitrary = fc.record({
      a: fc.nat(255),
      b: fc.nat(65535),
      low: fc.nat(31),
      flag: fc.boolean(),
      inverse: fc.boolean(),
      mode: fc.constantFrom<'none' | 'five' | number>('none', 'five', 3),
      high: fc.nat(63),
      c: fc.nat(0xffffffff),
      d: fc.uint8Array({ minLength: 3, maxLength: 3 }).map((value) => Buffer.from(value)),
      tail: fc.uint8Array({ maxLength: 40 }).map((value) => Buffer.from(value)),
    });
    fc.assert(
      fc.property(arbitrary, (value) => {
        expect(unpack(sample, pack(sample, value))).toEqual(value);
      }),
    );
  });

  it('is little-endian', () => {
    expect(pack(struct({ x: u16, y: u32 }), { x: 0x1234, y: 0xa1b2c3d4 }).toString('hex')).toBe('3412d4c3b2a1');
  });

  it('throws when bytes are missing, and only then', () => {
    expect(() => unpack(sample, Buffer.alloc(5))).toThrow(MalformedError);
    expect(unpack(struct({ a: u8, later: optional(u32) }), Buffer.from([7]))).toEqual({ a: 7, later: undefined });
    expect(unpack(struct({ a: u8, later: optional(u32) }), Buffer.from([7, 1, 2]))).toEqual({ a: 7, later: undefined });
  });

  it('keeps numbers that have no name and refuses names that have no number', () => {
    const codec = named(u8, { 1: 'one' });
    expect(unpack(codec, Buffer.from([1]))).toBe('one');
    expect(unpack(codec, Buffer.from([9]))).toBe(9);
    expect(() => pack(codec, 'two' as 'one')).toThrow(MalformedError);
  });

  it('refuses bytes that do not fit', () => {
    expect(() => pack(bytes(2), Buffer.alloc(3))).toThrow(MalformedError);
  });
});
