import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BROADCAST, OPTION, readDhcp, TYPE, writeDhcp } from './dhcp-message.ts';
import { answerProxy, type Asking } from './proxy-dhcp.ts';

const MAC = '525400770001';
const UUID = '00112233445566778899aabbccddeeff';
const place = {
  ...{ address: '10.77.0.1', host: '10.77.0.1:8490', byTftp: ['ipxe.efi', 'undionly.kpxe'], byHttp: ['ipxe.efi'], port: 67 },
  expects: ({ mac }: Asking) => mac === MAC,
};

interface Said {
  type?: number;
  architecture?: number;
  vendorClass?: string | null;
  userClass?: string;
  mac?: string;
  giaddr?: string;
  fromServer?: boolean;
}

function asked({ type = TYPE.discover, architecture = 7, vendorClass = 'PXEClient:Arch:00007', userClass, ...said }: Said = {}): Buffer {
  return writeDhcp({
    ...{ fromServer: said.fromServer ?? false, xid: 0xdead_beef, flags: BROADCAST, ciaddr: '0.0.0.0', siaddr: '0.0.0.0' },
    ...{ giaddr: said.giaddr ?? '0.0.0.0', file: '', hardware: { type: 1, address: Buffer.from(said.mac ?? MAC, 'hex') } },
    options: new Map([
      [OPTION.type, Buffer.from([type])],
      ...(vendorClass === null ? [] : [[OPTION.vendorClass, Buffer.from(vendorClass)] as const]),
      [OPTION.architecture, Buffer.from([0, architecture])],
      [OPTION.uuid, Buffer.from(`00${UUID}`, 'hex')],
      ...(userClass === undefined ? [] : [[OPTION.userClass, Buffer.from(userClass)] as const]),
    ]),
  });
}
const told = (said: Said, at = place) => readDhcp(answerProxy(asked(said), at)?.message ?? Buffer.alloc(0));

describe('proxyDHCP', () => {
  it('tells an expected machine its first program, and gives no address', () => {
    const answer = answerProxy(asked(), place);
    expect(answer?.asking).toEqual({ mac: MAC, uuid: UUID });
    const message = readDhcp(answer?.message ?? Buffer.alloc(0));
    expect(message).toMatchObject({
      fromServer: true,
      type: TYPE.offer,
      xid: 0xdead_beef,
      flags: BROADCAST,
      siaddr: '10.77.0.1',
      file: 'ipxe.efi',
    });
    expect(answer?.message.readUInt32BE(16), 'the address that is given').toBe(0);
    expect(message?.options.get(OPTION.vendorClass)?.toString()).toBe('PXEClient');
    expect(message?.options.get(OPTION.uuid)?.toString('hex')).toBe(`00${UUID}`);
  });

  it.each([
    ['firmware that fetches over HTTP', { architecture: 16, vendorClass: 'HTTPClient:Arch:00016' }, 'http://10.77.0.1:8490/ipxe.efi'],
    ['old firmware', { architecture: 0 }, 'undionly.kpxe'],
    ['iPXE', { userClass: 'iPXE' }, 'http://10.77.0.1:8490/boot.ipxe'],
    ['iPXE by the letter of the standard', { userClass: '\u0004iPXE' }, 'http://10.77.0.1:8490/boot.ipxe'],
  ] as const)('%s', (_who, said, file) => expect(told(said)?.file).toBe(file));

  it('acknowledges where machines ask again that have an address', () => {
    expect(told({ type: TYPE.request }, { ...place, port: 4011 })).toMatchObject({ type: TYPE.ack, file: 'ipxe.efi' });
    expect(told({ type: TYPE.discover }, { ...place, port: 4011 })).toBeNull();
  });

  it.each([
    ['another machine', { mac: '525400770002' }],
    ['who does not start from the network', { vendorClass: null }],
    ['who is another kind of client', { vendorClass: 'MSFT 5.0' }],
    ['who takes an address that was offered', { type: TYPE.request }],
    ['who gives one back', { type: 7 }],
    ['who came over a relay', { giaddr: '192.0.2.1' }],
    ['another server', { fromServer: true }],
    ['firmware for which nothing is there', { architecture: 11 }],
    ['firmware that nobody knows', { architecture: 200 }],
  ] as const)('says nothing to %s', (_who, said) => expect(told(said)).toBeNull());

  it('never stumbles over hostile packets, and tells nobody who is not expected', () => {
    const good = asked();
    const changes = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 30 });
    const spoilt = fc.tuple(changes, fc.nat(good.length)).map(([all, end]) => {
      const bad = Buffer.from(good);
      for (const [at, value] of all) bad[at] = value;
      return bad.subarray(0, end < 100 ? good.length : end);
    });
    const any = fc.uint8Array({ maxLength: 700 }).map((bytes) => Buffer.from(bytes));
    fc.assert(
      fc.property(fc.oneof(spoilt, any), fc.constantFrom(67, 4011), (bytes, port) => {
        const answer = answerProxy(bytes, { ...place, port });
        if (answer === null) return;
        expect(answer.asking.mac).toBe(MAC);
        expect(readDhcp(answer.message)).toMatchObject({ fromServer: true, siaddr: '10.77.0.1', giaddr: '0.0.0.0' });
      }),
      { numRuns: 5000 },
    );
  });
});
