import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCipherSuiteRecords } from '../commands/app/channel-authentication.js';
import { unpackPing, unpackPong, packPing, packPong } from '../wire/asf.js';
import { completionRange, describeCompletion } from '../wire/completion-codes.js';
import { MalformedError } from '../wire/errors.js';
import { decodeText } from '../wire/type-length.js';
import { conversionOf, convert, unconvert, writeFactors, readFactors } from './conversion.js';
import { decodeFru, encodeFru } from './fru.js';
import { decodeMultirecords, encodeMultirecord } from './fru-multirecord.js';
import { decodeSdr, encodeSdr } from './sdr.js';
import { decodeSelRecord, describeEvent, encodeSelRecord, selDate } from './sel.js';
import { SimSensor } from '../sim/state/sensors.js';
import { serverSensors } from '../sim/state/sensor-presets.js';
import { describeUnit } from './tables/units.js';

const anyBytes = fc.uint8Array({ maxLength: 128 }).map((value) => Buffer.from(value));

describe('sensor conversion (IPMI 2.0 36.3)', () => {
  const base = { format: 'unsigned', linearization: 0 } as const;
  const factors = (m: number, b = 0, exponents: [b: number, r: number] = [0, 0]) => ({
    m,
    b,
    bExponent: exponents[0],
    resultExponent: exponents[1],
    tolerance: 0,
  });

  it('follows the formula', () => {
    expect(convert({ ...base, factors: factors(6, 0, [0, -2]) }, 201)).toBeCloseTo(12.06);
    expect(convert({ ...base, factors: factors(1, -64) }, 100)).toBe(36);
    expect(convert({ ...base, factors: factors(2, 5, [1, -1]) }, 10)).toBeCloseTo(7);
    expect(convert({ ...base, format: 'twos-complement', factors: factors(1) }, 0xf9)).toBe(-7);
    expect(convert({ ...base, format: 'ones-complement', factors: factors(1) }, 0xf8)).toBe(-7);
  });

  it.each([
    [1, Math.log(8)],
    [2, Math.log10(8)],
    [3, 3],
    [4, Math.exp(8)],
    [5, 1e8],
    [6, 256],
    [7, 0.125],
    [8, 64],
    [9, 512],
    [10, Math.sqrt(8)],
    [11, 2],
  ])('linearization %i', (linearization, expected) => {
    expect(convert({ ...base, linearization, factors: factors(1) }, 8)).toBeCloseTo(expected);
  });

  it('goes back to the same byte', () => {
    fc.assert(
      fc.property(fc.nat(255), fc.integer({ min: 1, max: 511 }), fc.integer({ min: -512, max: 511 }), (raw, m, b) => {
        const conversion = { ...base, factors: factors(m, b, [0, -2]) };
        expect(unconvert(conversion, convert(conversion, raw))).toBe(raw);
      }),
    );
  });

  it('keeps 10-bit factors and 4-bit exponents through the record', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -512, max: 511 }),
        fc.integer({ min: -512, max: 511 }),
        fc.integer({ min: -8, max: 7 }),
        (m, b, exponent) => {
          const given = { m, b, bExponent: exponent, resultExponent: -exponent - 1, tolerance: 3 };
          expect(readFactors(writeFactors(given))).toEqual(given);
        },
      ),
    );
  });
});

describe('records', () => {
  it('sensor records of every kind survive their bytes', () => {
    for (const [index, options] of serverSensors().entries()) {
      const { sdr } = new SimSensor(options, index + 1);
      expect(decodeSdr(encodeSdr(sdr))).toEqual(sdr);
      if (sdr.kind === 'full') expect(conversionOf(sdr).factors.m).not.toBe(0);
    }
  });

  it('any bytes decode to something or MalformedError', () => {
    const decoders: ((bytes: Buffer) => unknown)[] = [
      decodeSdr,
      decodeSelRecord,
      decodeFru,
      unpackPong,
      unpackPing,
      parseCipherSuiteRecords,
      (bytes) => decodeMultirecords(bytes, []),
    ];
    fc.assert(
      fc.property(anyBytes, fc.constantFrom(...decoders), (bytes, decode) => {
        try {
          decode(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedError);
        }
      }),
      { numRuns: 3000, seed: 3 },
    );
  });

  it('texts in all four encodings (IPMI 2.0 43.15)', () => {
    expect(decodeText('latin1', Buffer.from('Fan1'))).toBe('Fan1');
    expect(decodeText('bcd', Buffer.from([0x12, 0x3a, 0xbc]))).toBe('123 -.');
    expect(decodeText('6-bit', Buffer.from([0x29, 0xdc, 0xa6]))).toBe('IPMI');
    expect(decodeText('binary', Buffer.from([0xca, 0xfe]))).toBe('cafe');
  });

  it('units with modifiers', () => {
    expect(describeUnit({ percentage: false, modifierUse: 'divide', baseUnit: 36, modifierUnit: 23 })).toBe('cu m/minute');
    expect(describeUnit({ percentage: true, modifierUse: 'none', baseUnit: 0, modifierUnit: 0 })).toBe('percent');
  });
});

describe('event log', () => {
  it('explains a threshold event with reading and threshold', () => {
    const event = decodeSelRecord(Buffer.from('0100020a000000200004010101595b5a', 'hex'));
    if (event.kind !== 'event') throw new Error('not an event');
    expect(describeEvent(event)).toEqual({
      sensorType: 'Temperature',
      event: 'Upper Critical going high',
      offset: 9,
      direction: 'asserted',
      reading: 0x5b,
      threshold: 0x5a,
    });
    expect(selDate(event.time)).toBeUndefined();
    expect(selDate(1_700_000_000)?.toISOString()).toBe('2023-11-14T22:13:20.000Z');
  });

  it('takes OEM records apart and puts them together again', () => {
    for (const hex of ['0200c5785634123412aa010203040506', '0300e0000102030405060708090a0b0c', '0100020a000000200004010181595b5a']) {
      const bytes = Buffer.from(hex, 'hex');
      expect(encodeSelRecord(decodeSelRecord(bytes)).toString('hex')).toBe(hex);
    }
    expect(decodeSelRecord(Buffer.from('0200c5785634123412aa010203040506', 'hex'))).toMatchObject({
      kind: 'oem-timed',
      manufacturer: 0xaa1234,
      time: 0x12345678,
    });
  });
});

describe('FRU inventory', () => {
  const fru = {
    chassis: { type: 0x17, partNumber: 'CH', serial: 'S1', custom: ['x', 'yz'] },
    board: {
      madeAt: new Date(Date.UTC(2024, 1, 29, 12, 34)),
      manufacturer: 'M',
      product: 'P',
      serial: 'S2',
      partNumber: 'PN',
      fruFileId: 'F',
      custom: [],
    },
    product: { manufacturer: 'M', name: 'N', partNumber: 'PN', version: '1', serial: 'S3', assetTag: 'A', fruFileId: '', custom: ['last'] },
  };

  it('survives its bytes, all areas', () => {
    const power = Buffer.alloc(24);
    power.writeUInt16LE(750, 0);
    power[18] = 0x08;
    const output = Buffer.alloc(13);
    output.writeInt16LE(1200, 1);
    output.writeUInt16LE(62_000, 11);
    const access = Buffer.concat([Buffer.from([1]), Buffer.from('https://bmc')]);
    const oem = Buffer.from([0x12, 0x34, 0x56, 0x99]);
    const records = [
      encodeMultirecord(0, power, false),
      encodeMultirecord(1, output, false),
      encodeMultirecord(3, access, false),
      encodeMultirecord(0xc0, oem, true),
    ];
    const decoded = decodeFru(encodeFru({ ...fru, multirecords: records }));
    expect(decoded).toMatchObject({ ...fru, problems: [] });
    expect(decoded.multirecords).toMatchObject([
      { kind: 'power-supply', capacityWatts: 750, hotSwap: true },
      { kind: 'dc-output', nominalVolts: 12, maximumAmps: 62 },
      { kind: 'management-access', text: 'https://bmc' },
      { kind: 'oem', manufacturer: 0x563412, data: Buffer.from([0x99]) },
    ]);
  });

  it('reads on and says so when a checksum is wrong, and refuses a wrong header', () => {
    const bytes = encodeFru(fru);
    const area = (bytes[3] ?? 0) * 8;
    const damaged = Buffer.from(bytes);
    damaged[area + 8] = (damaged[area + 8] ?? 0) ^ 0x20;
    expect(decodeFru(damaged).problems).toEqual(['board area has a wrong checksum']);
    expect(() => decodeFru(Buffer.from(bytes.map((byte, index) => (index === 7 ? byte ^ 1 : byte))))).toThrow(MalformedError);
  });
});

describe('small things', () => {
  it('presence pong and ping survive their bytes', () => {
    const pong = { tag: 7, enterprise: 4542, oem: 0, supportsIpmi: true, asfVersion: 1, supportsSecurityExtensions: false };
    expect(unpackPong(packPong(pong))).toEqual(pong);
    expect(unpackPing(packPing(9))).toBe(9);
    expect(packPing(9).toString('hex')).toBe('0600ff06000011be80090000');
  });

  it('completion codes in words, by range', () => {
    expect([0xc1, 0x81, 0x05, 0xc3].map(completionRange)).toEqual(['generic', 'command-specific', 'oem', 'generic']);
    expect(describeCompletion(0x81, { 0x81: 'special' })).toBe('special');
    expect(describeCompletion(0xd4)).toContain('privilege');
  });

  it('cipher suite records with OEM entries and rubbish at the end', () => {
    const records = parseCipherSuiteRecords(Buffer.from('c0030141 81c1 80a21a00 0341 81 c011 0344 81 00ff'.replace(/ /g, ''), 'hex'));
    expect(records).toEqual([
      { id: 3, algorithms: [1, 0x41, 0x81] },
      { id: 0x80, oem: 0x1aa2, algorithms: [3, 0x41, 0x81] },
      { id: 17, algorithms: [3, 0x44, 0x81, 0] },
    ]);
  });
});
