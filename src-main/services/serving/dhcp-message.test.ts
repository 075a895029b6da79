import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OPTION, readDhcp, TYPE, writeDhcp, type DhcpMessage } from './dhcp-message.ts';

const address = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map((parts) => parts.join('.'));
const bytes = (most: number) => fc.uint8Array({ maxLength: most }).map((value) => Buffer.from(value));
const message: fc.Arbitrary<Omit<DhcpMessage, 'type'>> = fc.record({
  fromServer: fc.boolean(),
  xid: fc.nat(0xff_ff_ff_ff),
  flags: fc.nat(0xff_ff),
  ciaddr: address,
  siaddr: address,
  giaddr: address,
  hardware: fc.record({ type: fc.nat(255), address: bytes(16) }),
  file: fc.stringMatching(/^[ -~]{0,300}$/u),
  options: fc
    .array(fc.tuple(fc.integer({ min: 1, max: 254 }), bytes(700)), { maxLength: 8 })
    .map((pairs) => new Map(pairs.filter(([code]) => code !== OPTION.bootFile && code !== OPTION.type))),
});

describe('a DHCP message', () => {
  it('is read as it was written, whatever it says', () => {
    fc.assert(
      fc.property(message, (said) => {
        const options = new Map([...said.options, [OPTION.type, Buffer.from([TYPE.offer])] as const]);
        const read = readDhcp(writeDhcp({ ...said, options }));
        if (Buffer.byteLength(said.file) >= 128) options.set(OPTION.bootFile, Buffer.from(said.file));
        expect(read).toEqual({ ...said, options, type: TYPE.offer });
      }),
    );
  });

  it('is nothing or something readable, whatever bytes come', () => {
    const whole = message.map((said) => writeDhcp(said));
    const spoilt = fc
      .tuple(whole, fc.array(fc.tuple(fc.nat(2000), fc.nat(255)), { maxLength: 20 }), fc.nat(2000))
      .map(([good, changes, end]) => {
        const bad = Buffer.from(good.subarray(0, end));
        for (const [at, value] of changes) if (at < bad.length) bad[at] = value;
        return bad;
      });
    fc.assert(
      fc.property(
        fc.oneof(
          spoilt,
          bytes(600),
          bytes(400).map((rest) => Buffer.concat([writeDhcp(EMPTY).subarray(0, 240), rest])),
        ),
        (any) => {
          const read = readDhcp(any);
          if (read === null) return;
          expect(read.hardware.address.length).toBeLessThanOrEqual(16);
          expect(read.file).not.toContain('\0');
          const length = [...read.options.values()].reduce((sum, value) => sum + value.length, 0);
          expect(length).toBeLessThanOrEqual(any.length);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('has at least the length that old firmware takes', () => expect(writeDhcp(EMPTY).length).toBe(300));
});

const EMPTY: Omit<DhcpMessage, 'type'> = {
  ...{ fromServer: false, xid: 1, flags: 0, ciaddr: '0.0.0.0', siaddr: '0.0.0.0', giaddr: '0.0.0.0', file: '' },
  ...{ hardware: { type: 1, address: Buffer.alloc(6) }, options: new Map() },
};
