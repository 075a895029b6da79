import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { issueCertificate, type KeyAndCertificate } from './issue-certificate.ts';

/** How long a new one is good, and how long before its end another one is made; ms. */
const DAY = 86_400_000;
const [GOOD_FOR, RENEW_BEFORE] = [10 * 365 * DAY, 30 * DAY];

/** The certificate of this home for serving by HTTPS: made when it is first needed, and anew for an address that it does not have. */
export class ServingCertificate {
  readonly #folder: string;
  readonly #now: () => number;
  #last: Promise<unknown> = Promise.resolve();

  constructor(folder: string, now: () => number) {
    this.#folder = folder;
    this.#now = now;
  }

  /** For all of these. One after the other, so that two who ask get the same. */
  ensure(hosts: readonly string[]): Promise<KeyAndCertificate> {
    const next = this.#last.then(() => this.#ensure(hosts));
    this.#last = next.catch(() => undefined);
    return next;
  }

  /** What there is; null before the first. */
  async read(): Promise<KeyAndCertificate | null> {
    const [key, certificate] = await Promise.all(
      [this.#keyFile, this.#certificateFile].map((file) => readFile(file, 'utf8').catch(() => null)),
    );
    return key == null || certificate == null || !belong(key, certificate) ? null : { key, certificate };
  }

  async #ensure(hosts: readonly string[]): Promise<KeyAndCertificate> {
    const found = await this.read();
    const known = found === null ? [] : hostsOf(new X509Certificate(found.certificate));
    if (found !== null && this.#isGood(found.certificate) && hosts.every((host) => known.includes(host))) return found;
    const from = this.#now() - DAY;
    const issued = issueCertificate([...new Set([...known, ...hosts])], { from, until: from + GOOD_FOR });
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    // The key first: a certificate without its key is made anew.
    await replace(this.#keyFile, issued.key);
    await replace(this.#certificateFile, issued.certificate);
    return issued;
  }

  #isGood(certificate: string): boolean {
    return Date.parse(new X509Certificate(certificate).validTo) > this.#now() + RENEW_BEFORE;
  }

  get #keyFile(): string {
    return join(this.#folder, 'key.pem');
  }

  get #certificateFile(): string {
    return join(this.#folder, 'certificate.pem');
  }
}

/** SHA-256, as BMCs and browsers show it. */
export const fingerprintOf = (certificate: string): string => new X509Certificate(certificate).fingerprint256;

function hostsOf({ subjectAltName = '' }: X509Certificate): string[] {
  return subjectAltName.split(', ').flatMap((entry) => {
    const host = entry.replace(/^(?:DNS|IP Address):/u, '');
    // IPv6 is shown in full: 2001:DB8:0:0:0:0:0:1
    return isIP(host) === 6 ? [new URL(`http://[${host}]`).hostname.slice(1, -1)] : [host];
  });
}

function belong(key: string, certificate: string): boolean {
  try {
    return new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}

async function replace(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text, { mode: 0o600 });
  await rename(`${file}.new`, file);
}
