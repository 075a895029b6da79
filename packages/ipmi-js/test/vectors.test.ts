import { createDecipheriv } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { equalCodes, rakp2Code, rakp3Code, rakp4Code, sessionIntegrityKey, type RakpValues } from '../src/crypto/rakp.js';
import { makeSessionKeys } from '../src/crypto/session-keys.js';
import { PayloadCipher } from '../src/crypto/confidentiality.js';
import { findSuite } from '../src/crypto/suites.js';
import {
  algorithmsOf,
  unpackOpenSessionRequest,
  unpackOpenSessionResponse,
  unpackRakp1,
  unpackRakp2,
  unpackRakpProof,
} from '../src/rmcpplus/handshake-messages.js';
import { readLegacy, verifyLegacy } from '../src/rmcpplus/legacy-packet.js';
import { openPacket, payloadType, readPacket, sealPacket, type SessionKeys } from '../src/rmcpplus/packet.js';
import { unpackLanMessage } from '../src/wire/lan-message.js';

interface Vector {
  readonly client: string;
  readonly bmc: string;
  readonly suite: number;
  readonly username: string;
  readonly password: string;
  readonly datagrams: readonly { readonly from: 'console' | 'bmc'; readonly hex: string }[];
}

const folder = new URL('./vectors/', import.meta.url);
const vectors = readdirSync(folder).map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Vector);
const plus = vectors.filter((vector) => vector.suite >= 0);

function payloadOf(vector: Vector, type: number): Buffer {
  for (const { hex } of vector.datagrams) {
    const datagram = Buffer.from(hex, 'hex');
    if (datagram[4] !== 6) continue;
    const packet = readPacket(datagram);
    if (packet.sessionId === 0 && packet.payloadType === type) return packet.payload;
  }
  throw new Error(`no payload of type ${type} in the capture`);
}

/** What the two programs told each other, read with our codec. */
function handshakeOf(vector: Vector) {
  const request = unpackOpenSessionRequest(payloadOf(vector, payloadType.openSessionRequest));
  const response = unpackOpenSessionResponse(payloadOf(vector, payloadType.openSessionResponse));
  const rakp1 = unpackRakp1(payloadOf(vector, payloadType.rakp1));
  const rakp2 = unpackRakp2(payloadOf(vector, payloadType.rakp2));
  const rakp3 = unpackRakpProof(payloadOf(vector, payloadType.rakp3));
  const rakp4 = unpackRakpProof(payloadOf(vector, payloadType.rakp4));
  const values: RakpValues = { ...rakp1, consoleSessionId: request.consoleSessionId, bmcRandom: rakp2.bmcRandom, bmcGuid: rakp2.bmcGuid };
  return { request, response, values, rakp2, rakp3, rakp4 };
}

function keysOf(vector: Vector): { keys: SessionKeys; sik: Buffer } {
  const suite = findSuite(vector.suite);
  if (suite === undefined) throw new Error('unknown suite');
  const password = Buffer.from(vector.password);
  const sik = sessionIntegrityKey(suite.authentication, password, handshakeOf(vector).values);
  return { keys: makeSessionKeys(suite, sik, password), sik };
}

function sessionDatagrams(vector: Vector): Buffer[] {
  return vector.datagrams
    .map(({ hex }) => Buffer.from(hex, 'hex'))
    .filter((datagram) => datagram[4] === 6 && readPacket(datagram).sessionId !== 0);
}

describe.each(plus.map((vector) => [`${vector.client} to ${vector.bmc}, suite ${vector.suite}`, vector] as const))(
  '%s',
  (_name, vector) => {
    it('proposes and accepts the algorithms of the suite', () => {
      const suite = findSuite(vector.suite);
      const { request, response } = handshakeOf(vector);
      expect(suite && algorithmsOf(suite)).toEqual(request.algorithms);
      expect(response.algorithms).toEqual(request.algorithms);
    });

    it('has the codes of RAKP 2, 3 and 4 that we compute', () => {
      const authentication = findSuite(vector.suite)?.authentication ?? 'none';
      const password = Buffer.from(vector.password);
      const { values, rakp2, rakp3, rakp4 } = handshakeOf(vector);
      expect(values.username.toString()).toBe(vector.username);
      expect(rakp2Code(authentication, password, values).toString('hex')).toBe(rakp2.code.toString('hex'));
      expect(rakp3Code(authentication, password, values).toString('hex')).toBe(rakp3.code.toString('hex'));
      expect(rakp4Code(authentication, keysOf(vector).sik, values).toString('hex')).toBe(rakp4.code.toString('hex'));
    });

    it('has session packets that open, and that we seal to the same bytes', () => {
      const { keys } = keysOf(vector);
      const datagrams = sessionDatagrams(vector);
      expect(datagrams.length).toBeGreaterThanOrEqual(4);
      for (const datagram of datagrams) {
        const packet = readPacket(datagram);
        const message = openPacket(keys, datagram, packet);
        expect(unpackLanMessage(message).netFn).toBeGreaterThanOrEqual(0);
        if (packet.encrypted) {
          expect(keys.cipher.encrypt(message, packet.payload.subarray(0, 16)).toString('hex')).toBe(packet.payload.toString('hex'));
          continue;
        }
        const again = sealPacket(keys, {
          payloadType: packet.payloadType,
          sessionId: packet.sessionId,
          sequence: packet.sequence,
          payload: message,
        });
        expect(again.toString('hex')).toBe(datagram.toString('hex'));
      }
    });

    it('is refused after any bit of a signed packet was changed', () => {
      const { keys } = keysOf(vector);
      if (keys.suite.integrity === 'none') return;
      const datagram = sessionDatagrams(vector)[0];
      if (datagram === undefined) throw new Error('no session packet');
      for (let bit = 32; bit < datagram.length * 8; bit += 1) {
        const forged = Buffer.from(datagram);
        forged[bit >> 3] = (forged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(() => openPacket(keys, forged, readPacket(forged)), `bit ${bit}`).toThrow();
      }
    });
  },
);

describe('IPMI 1.5 with MD5, ipmitool to ipmi_sim', () => {
  it('has the authentication codes that we compute', () => {
    const vector = vectors.find((one) => one.suite === -1);
    if (vector === undefined) throw new Error('capture is missing');
    const keys = { auth: 'md5', password: Buffer.from(vector.password) } as const;
    const datagrams = vector.datagrams.map(({ hex }) => Buffer.from(hex, 'hex')).filter((datagram) => datagram[3] === 7);
    const signed = datagrams.map(readLegacy).filter((packet) => packet.sessionId !== 0);
    expect(signed.length).toBeGreaterThanOrEqual(6);
    for (const packet of signed) expect(verifyLegacy(keys, packet)).toBe(true);
  });
});

describe('published vectors', () => {
  it('encrypts as RFC 3602 case 2 says', () => {
    const key = Buffer.from('c286696d887c9aa0611bbb3e2025a45a', 'hex');
    const vector = Buffer.from('562e17996d093d28ddb3ba695a2e6f58', 'hex');
    const plain = Buffer.from(Array.from({ length: 32 }, (_, index) => index));
    const sealed = new PayloadCipher(key).encrypt(plain, vector);
    expect(sealed.subarray(16, 48).toString('hex')).toBe('d296cd94c2cccf8a3a863028b5e1dc0a7586602d253cfff91b8266bea6d61ab1');
  });

  it('chains short payloads by hand to the same bytes as the cipher of Node, and back', () => {
    const key = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');
    const cipher = new PayloadCipher(key);
    for (let length = 0; length < 200; length += 1) {
      const data = Buffer.from(Array.from({ length }, (_, index) => (index * 7) & 0xff));
      const sealed = cipher.encrypt(data);
      const node = createDecipheriv('aes-128-cbc', key, sealed.subarray(0, 16)).setAutoPadding(false);
      expect(node.update(sealed.subarray(16)).subarray(0, length).toString('hex')).toBe(data.toString('hex'));
      expect(cipher.decrypt(sealed).toString('hex')).toBe(data.toString('hex'));
    }
  });

  it('compares codes of different lengths as unequal', () => {
    expect(equalCodes(Buffer.from('ab'), Buffer.from('abc'))).toBe(false);
    expect(equalCodes(Buffer.from('abc'), Buffer.from('abc'))).toBe(true);
  });
});
