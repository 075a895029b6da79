import { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { buildConnector, Client } from 'undici';
import { DriverError } from '../driver-error.ts';
import { brief, readLimited } from './http.ts';
import { isObject, textAt, type Json } from './json.ts';

/** A certificate as it is shown to whoever decides whether to accept it. */
export interface ShownCertificate {
  /** SHA-256, hex, lower case, without colons: what is pinned. */
  fingerprint: string;
  subject: string;
  issuer: string;
  /** UTC ms. */
  validFrom: number;
  validTo: number;
}

/** What a Redfish service tells everybody. */
export interface RedfishPresence {
  /** Origin. */
  url: string;
  version: string;
  /** Of the service; null when it does not tell. */
  uuid: string | null;
  vendor: string | null;
  product: string | null;
  /** Null over plain HTTP. */
  certificate: ShownCertificate | null;
}

/** Far more than any service root has. */
const MOST_BYTES = 256 * 1024;

/** Looks at a service root without logging in, whatever certificate is shown: nothing secret is sent. Null when there is none. */
export async function probeRedfish(origin: string, options: { limit: number; signal: AbortSignal }): Promise<RedfishPresence | null> {
  const { limit } = options;
  let certificate: ShownCertificate | null = null;
  const connect = buildConnector({ timeout: limit, rejectUnauthorized: false, maxCachedSessions: 0 });
  const client = new Client(origin, {
    headersTimeout: limit,
    bodyTimeout: limit,
    connect: (how, callback) =>
      connect(how, (error, socket) => {
        if (error !== null) return callback(error, null);
        if (how.protocol === 'https:') certificate = shown(socket as TLSSocket);
        callback(null, socket);
      }),
  });
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(2 * limit)]);
  try {
    const response = await client.request({ method: 'GET', path: '/redfish/v1/', headers: { accept: 'application/json' }, signal });
    const root = rootOf(await readLimited(response.body, MOST_BYTES));
    const version = textAt(root, 'RedfishVersion');
    if (response.statusCode !== 200 || version === null) return null;
    return {
      url: origin,
      version: brief(version),
      uuid: textAt(root, 'UUID')?.toLowerCase() ?? null,
      vendor: textAt(root, 'Vendor'),
      product: textAt(root, 'Product'),
      certificate,
    };
  } catch (error) {
    if (options.signal.aborted) throw error;
    return null; // whatever is there, it is no Redfish service
  } finally {
    await client.destroy();
  }
}

/** The certificate of an endpoint that is being enrolled. */
export async function inspectRedfish(origin: string, signal: AbortSignal): Promise<RedfishPresence> {
  const found = await probeRedfish(origin, { limit: 6000, signal });
  if (found !== null) return found;
  throw new DriverError(
    'OOBM_UNREACHABLE',
    `There is no Redfish service at ${brief(origin)}. Check address, port and whether it is switched on.`,
  );
}

function rootOf(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function shown(socket: TLSSocket): ShownCertificate {
  const certificate = new X509Certificate(socket.getPeerCertificate().raw);
  return {
    fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    subject: brief(certificate.subject),
    issuer: brief(certificate.issuer),
    validFrom: Date.parse(certificate.validFrom),
    validTo: Date.parse(certificate.validTo),
  };
}
