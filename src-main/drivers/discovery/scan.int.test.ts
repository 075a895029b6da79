import { startSimulatedBmc } from 'ipmi-js/sim';
import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate, type Certificate } from '../../../e2e/lab/certificate.ts';
import { startOpenSsh } from '../../../e2e/lab/openssh.ts';
import { freePort } from '../../../e2e/lab/processes.ts';
import { startSushy } from '../../../e2e/lab/sushy.ts';
import { OOBM_THREADS, OobmJobs } from '../../workers/oobm-jobs.ts';
import { WorkerPool } from '../../workers/pool.ts';
import type { FoundBmc, ScanProgress } from './scan.ts';

const pool = new WorkerPool({ threads: OOBM_THREADS });
const jobs = new OobmJobs(pool);
const cleanups: (() => unknown)[] = [];
let folder: string;
let certificate: Certificate;
let [ipmiPort, redfishPort] = [0, 0];

/** Two BMCs of a lab network that is loopback: .3 speaks both, .9 IPMI only; at .5 something else answers over TLS. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'atn-scan-'));
  certificate = makeCertificate(folder);
  [ipmiPort, redfishPort] = [await freePort(), await freePort()];
  for (const host of ['127.0.1.3', '127.0.1.9']) {
    const bmc = await startSimulatedBmc({ host, port: ipmiPort });
    cleanups.push(() => bmc.stop());
  }
  await serve('127.0.1.3', JSON.stringify({ RedfishVersion: '1.15.0', UUID: 'ABCD', Vendor: 'Contoso', Product: 'BMC 9' }));
  await serve('127.0.1.5', '<html>a printer</html>');
});
afterAll(async () => {
  await jobs.close();
  await pool.close();
  for (const clean of cleanups) await clean();
  rmSync(folder, { recursive: true, force: true });
});

async function serve(host: string, body: string): Promise<void> {
  const tls = { key: readFileSync(certificate.keyFile), cert: readFileSync(certificate.certificateFile) };
  const server = createServer(tls, (_request, response) => response.end(body));
  await new Promise<void>((resolve) => server.listen(redfishPort, host, resolve));
  cleanups.push(() => server.close());
}

describe('a search for BMCs', () => {
  it('finds who answers in the range, with what it tells without a login', async () => {
    const found: FoundBmc[] = [];
    const progress: ScanProgress[] = [];
    const events = { onFound: (bmc: FoundBmc) => found.push(bmc), onProgress: (now: ScanProgress) => progress.push(now) };
    const end = await jobs.scan({ ranges: ['127.0.1.0/28'], ipmiPort, redfishPort }, events);
    expect(end).toEqual({ done: 14, total: 14, found: 2 });
    expect(progress.at(0)).toEqual({ done: 0, total: 14, found: 0 });
    const fingerprint = certificate.fingerprint.replaceAll(':', '').toLowerCase();
    expect(found).toEqual([
      {
        address: '127.0.1.3',
        ipmi: { port: ipmiPort, enterprise: expect.any(Number) as number },
        redfish: expect.objectContaining({
          url: `https://127.0.1.3:${redfishPort}`,
          version: '1.15.0',
          uuid: 'abcd',
          vendor: 'Contoso',
          certificate: expect.objectContaining({ fingerprint }) as unknown,
        }) as unknown,
      },
      { address: '127.0.1.9', ipmi: { port: ipmiPort, enterprise: expect.any(Number) as number }, redfish: null },
    ]);
  });

  it('keeps to its rate and stops when told', async () => {
    const controller = new AbortController();
    const progress: ScanProgress[] = [];
    const events = { onFound: () => undefined, onProgress: (now: ScanProgress) => progress.push(now) };
    const request = { ranges: ['127.0.2.0/24'], ipmiPort, redfishPort: null, perSecond: 10 };
    const scan = jobs.scan(request, events, controller.signal);
    await expect.poll(() => progress.at(-1)?.done ?? 0, { timeout: 10_000 }).toBeGreaterThan(0);
    expect(progress.at(-1)?.done).toBeLessThan(60); // some seconds at 10 a second
    controller.abort();
    await expect(scan).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('refuses more than a /16', async () => {
    const events = { onFound: () => undefined, onProgress: () => undefined };
    await expect(jobs.scan({ ranges: ['127.0.0.0/8'] }, events)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});

describe('what an endpoint shows before it is accepted', () => {
  it('is the certificate of a Redfish service and the host key of a machine', async () => {
    const [sushy, openssh] = [await startSushy(), await startOpenSsh()];
    cleanups.push(sushy.stop, openssh.stop);
    const account = { id: 'new', username: '', password: '' };
    const redfish = await jobs.inspect({ ...account, provider: 'redfish', url: sushy.url, certificate: null });
    const fingerprint = sushy.fingerprint.replaceAll(':', '').toLowerCase();
    expect(redfish).toMatchObject({ provider: 'redfish', presence: { version: '1.5.0', certificate: { fingerprint, subject: 'CN=bmc' } } });
    const ssh = await jobs.inspect({ ...account, provider: 'ssh', host: '127.0.0.1', port: openssh.port, hostKey: null });
    expect(ssh).toEqual({ provider: 'ssh', hostKey: openssh.hostKey });
    const nobody = await freePort();
    const missing = jobs.inspect({ ...account, provider: 'ssh', host: '127.0.0.1', port: nobody, hostKey: null });
    await expect(missing).rejects.toMatchObject({ code: 'OOBM_UNREACHABLE' });
  });
});
