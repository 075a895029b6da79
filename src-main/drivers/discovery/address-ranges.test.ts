import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressesOf } from './address-ranges.ts';

describe('address ranges', () => {
  it('are read as people write them', () => {
    expect(addressesOf(['192.0.2.7'])).toEqual(['192.0.2.7']);
    expect(addressesOf(['192.0.2.9/30'])).toEqual(['192.0.2.9', '192.0.2.10']);
    expect(addressesOf(['192.0.2.254-192.0.3.1'])).toEqual(['192.0.2.254', '192.0.2.255', '192.0.3.0', '192.0.3.1']);
    expect(addressesOf([' 10.0.0.1 - 3 ', '10.0.0.2'])).toEqual(['10.0.0.1', '10.0.0.2', '10.0.0.3']);
    expect(addressesOf(['255.255.255.255/32'])).toEqual(['255.255.255.255']);
    expect(addressesOf([])).toEqual([]);
  });

  it('refuse what is none, and more than a /16', () => {
    for (const text of ['', 'lab', '192.0.2.0/33', '192.0.2.0/', '1.2.3', '10.0.0.9-10.0.0.1', '1.2.3.4-5-6', '10.0.0.1-300', '::1/64']) {
      expect(() => addressesOf([text]), text).toThrow(/no address range/);
    }
    expect(addressesOf(['10.0.0.0/16'])).toHaveLength(65_534);
    expect(() => addressesOf(['10.0.0.0/15'])).toThrow(/at most 65536/);
    expect(() => addressesOf(['10.0.0.0/16', '10.1.0.0/24'])).toThrow(/at most/);
  });

  it('of a network hold as many addresses as its length says', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 18, max: 30 }), (address, bits) => {
        const all = addressesOf([`${address}/${bits}`]);
        expect(all).toHaveLength(2 ** (32 - bits) - 2);
        expect(new Set(all).size).toBe(all.length);
      }),
      { numRuns: 50 },
    );
  });
});
