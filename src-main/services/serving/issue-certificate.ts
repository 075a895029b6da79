import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isIP, isIPv6 } from 'node:net';

export interface KeyAndCertificate {
  /** PEM. */
  key: string;
  certificate: string;
}

/** Object identifiers, already encoded (RFC 5480, RFC 5758, RFC 5280). */
const OID = {
  ecdsaWithSha256: '2a8648ce3d040302',
  commonName: '550403',
  subjectAltName: '551d11',
  basicConstraints: '551d13',
  keyUsage: '551d0f',
  extendedKeyUsage: '551d25',
  serverAuth: '2b06010505070301',
} as const;

/**
 * A certificate that signs itself, for a server with these addresses and names (RFC 5280): ECDSA with P-256, and marked as its own authority, so that a
 * BMC that checks certificates can be given it to trust.
 */
export function issueCertificate(hosts: readonly string[], { from, until }: { from: number; until: number }): KeyAndCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const algorithm = sequence(oid(OID.ecdsaWithSha256));
  const name = sequence(der(0x31, sequence(oid(OID.commonName), der(0x0c, Buffer.from('ATN Workbench')))));
  const serial = Buffer.concat([Buffer.from([0x40]), randomBytes(15)]);
  const certificate = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(serial),
    algorithm,
    name,
    sequence(time(from), time(until)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions(hosts))),
  );
  const signature = sign('sha256', certificate, privateKey);
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: pem(sequence(certificate, algorithm, bits(signature))),
  };
}

function extensions(hosts: readonly string[]): Buffer[] {
  const names = hosts.map((host) => (isIP(host) === 0 ? der(0x82, Buffer.from(host, 'latin1')) : der(0x87, addressBytes(host))));
  return [
    extension(OID.basicConstraints, { critical: true, value: sequence(der(0x01, Buffer.from([0xff]))) }),
    // digitalSignature and keyCertSign
    extension(OID.keyUsage, { critical: true, value: der(0x03, Buffer.from([2, 0x84])) }),
    extension(OID.extendedKeyUsage, { critical: false, value: sequence(oid(OID.serverAuth)) }),
    extension(OID.subjectAltName, { critical: false, value: sequence(...names) }),
  ];
}

function extension(id: string, { critical, value }: { critical: boolean; value: Buffer }): Buffer {
  return sequence(oid(id), ...(critical ? [der(0x01, Buffer.from([0xff]))] : []), der(0x04, value));
}

/** An address as its 4 or 16 bytes. */
export function addressBytes(address: string): Buffer {
  if (!isIPv6(address)) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const words = (part: string | undefined): string[] => (part === undefined || part === '' ? [] : part.split(':').flatMap(wordsOf));
  const [before, after] = [words(head), words(tail)];
  const all = [...before, ...Array.from({ length: 8 - before.length - after.length }, () => '0'), ...after];
  return Buffer.concat(all.map((word) => Buffer.from(word.padStart(4, '0'), 'hex')));
}

/** The last words of an IPv6 address may be written as IPv4. */
function wordsOf(word: string): string[] {
  if (!word.includes('.')) return [word];
  const hex = Buffer.from(word.split('.').map(Number)).toString('hex');
  return [hex.slice(0, 4), hex.slice(4)];
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const long = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...long]), content]);
}

const sequence = (...parts: Buffer[]): Buffer => der(0x30, Buffer.concat(parts));
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const integer = (bytes: Buffer): Buffer => der(0x02, bytes);
const bits = (bytes: Buffer): Buffer => der(0x03, Buffer.concat([Buffer.from([0]), bytes]));
/** UTCTime; enough until 2049. */
const time = (at: number): Buffer => der(0x17, Buffer.from(`${new Date(at).toISOString().replaceAll(/[-:T]/gu, '').slice(2, 14)}Z`));

function pem(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/gu) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
