import type { TLSSocket } from 'node:tls';
import { buildConnector } from 'undici';
import { DriverError } from '../driver-error.ts';

const CONNECT_LIMIT = 6000; // ms

/** Hex without colons, lower case. */
export const plainFingerprint = (fingerprint: string): string => fingerprint.replaceAll(':', '').trim().toLowerCase();

/**
 * Connects to a BMC whose certificate is known. The handshake proves that the far end has the certificate's key, the fingerprint that it is
 * the enrolled one; so a self-signed or expired certificate is as good as any other. Without a pin it must be valid by the system's
 * authorities. With another one no request is ever sent, and the error tells the fingerprint that was shown.
 */
export function pinnedConnector(certificate: string | null): buildConnector.connector {
  const wanted = certificate === null ? null : plainFingerprint(certificate);
  // A resumed session shows no certificate, so none is kept.
  const connect = buildConnector({ timeout: CONNECT_LIMIT, rejectUnauthorized: false, maxCachedSessions: 0 });
  return (options, callback) =>
    connect(options, (error, socket) => {
      if (error !== null) return callback(error, null);
      if (options.protocol !== 'https:') return callback(null, socket);
      const tls = socket as TLSSocket;
      const shown = plainFingerprint(tls.getPeerCertificate().fingerprint256 ?? '');
      if (wanted === null ? tls.authorized : shown === wanted) return callback(null, socket);
      tls.destroy();
      callback(wanted === null ? untrusted(shown, tls.authorizationError) : changed(wanted, shown), null);
    });
}

function untrusted(shown: string, reason: unknown): DriverError {
  return new DriverError(
    'OOBM_IDENTITY',
    'The certificate of this BMC was not issued by an authority this computer trusts. Compare its fingerprint with the one the BMC shows, then accept it at the endpoint.',
    { details: [`shown: sha256 ${shown}`, `reason: ${String(reason)}`] },
  );
}

function changed(known: string, shown: string): DriverError {
  return new DriverError(
    'OOBM_IDENTITY',
    'The certificate of this BMC is not the one that was accepted: somebody renewed it, or somebody else answers. Nothing was sent. Compare the fingerprint at the BMC itself, then accept it.',
    { details: [`known: sha256 ${known}`, `shown: sha256 ${shown}`] },
  );
}
