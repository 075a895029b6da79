import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { program, runTool } from './processes.ts';

export interface Certificate {
  certificateFile: string;
  keyFile: string;
  /** SHA-256, hex with colons. */
  fingerprint: string;
}

/** A self-signed certificate for 127.0.0.1, as BMCs bring them. */
export function makeCertificate(folder: string, name = 'bmc'): Certificate {
  const [certificateFile, keyFile] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
  const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1'];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', keyFile];
  runTool(program('openssl', 'openssl'), ['req', '-x509', '-days', '30', '-out', certificateFile, ...key, ...subject]);
  return { certificateFile, keyFile, fingerprint: new X509Certificate(readFileSync(certificateFile)).fingerprint256 };
}
