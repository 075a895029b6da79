import type { TLSSocket } from 'node:tls';
import { buildConnector } from 'undici';
import { DriverError } from '../driver-error.ts';

const CONNECT_LIMIT = 6000; // ms

/** Hex without colons, lower case. */
export const plainFingerprint = (fingerprint: string): string => fingerprint.replaceAll(':', '').trim().toLowerCase();

/**
 * Connects to a BMC whose certificate is known. The handshake proves that the far end has the certificate's key, the fingerprint that it is
 * the enrolled one; so a self-signed or expired certificate is as good as any other, and with another one no request is ever sent.
 */
export function pinnedConnector(certificate: string | null): buildConnector.connector {
  if (certificate === null) return buildConnector({ timeout: CONNECT_LIMIT });
  const wanted = plainFingerprint(certificate);
  // A resumed session shows no certificate, so none is kept.
  const connect = buildConnector({ timeout: CONNECT_LIMIT, rejectUnauthorized: false, maxCachedSessions: 0 });
  return (options, callback) =>
    connect(options, (error, socket) => {
      if (error !== null) return callback(error, null);
      if (options.protocol !== 'https:') return callback(null, socket);
      const shown = plainFingerprint((socket as TLSSocket).getPeerCertificate().fingerprint256 ?? '');
      if (shown === wanted) return callback(null, socket);
      socket.destroy();
      callback(changed(wanted, shown), null);
    });
}

function changed(known: string, shown: string): DriverError {
  return new DriverError(
    'OOBM_IDENTITY',
    'The certificate of this BMC is not the one that was accepted: somebody renewed it, or somebody else answers. Nothing was sent. Compare the fingerprint at the BMC itself, then accept it.',
    { details: [`known: sha256 ${known}`, `shown: sha256 ${shown}`] },
  );
}
