import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, afterAll, beforeEach, describe, expect, it } from 'vitest';
import { makeCertificate, type Certificate } from '../../../e2e/lab/certificate.ts';
import { freePort } from '../../../e2e/lab/processes.ts';
import { LOG_ENTRIES } from '../../../e2e/lab/redfish-resources.ts';
import { startRedfishService, type RedfishService } from '../../../e2e/lab/redfish-service.ts';
import { OOBM_THREADS, OobmJobs } from '../../workers/oobm-jobs.ts';
import { WorkerPool } from '../../workers/pool.ts';
import type { Action, Args, Asked, Value } from '../capabilities.ts';
import type { RedfishEndpoint } from '../endpoints.ts';

const sut = { id: 'sut', name: 'node-1' };
let folder: string;
let certificate: Certificate;
let service: RedfishService;
let pool: WorkerPool;
let jobs: OobmJobs;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'atn-redfish-'));
  certificate = makeCertificate(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(async () => {
  service = await startRedfishService(certificate);
  pool = new WorkerPool({ threads: OOBM_THREADS });
  jobs = new OobmJobs(pool);
});
afterEach(async () => {
  await jobs.close();
  await pool.close();
  await service.stop();
});

const endpointOf = (more: Partial<RedfishEndpoint> = {}): RedfishEndpoint => ({
  provider: 'redfish',
  id: 'r',
  url: service.url,
  username: service.username,
  password: service.password,
  certificate: certificate.fingerprint,
  ...more,
});
async function ask<C extends Asked, A extends Action<C>>(
  [capability, action]: [C, A],
  args: Args<C, A>,
  endpoint = endpointOf(),
): Promise<Value<C, A>> {
  return (await jobs.perform({ sut, endpoints: [endpoint], capability, action, args, fence: null })).value;
}
const readPower = (endpoint = endpointOf()) => ask(['power', 'read'], {}, endpoint);
const says = (words: string) => ({ message: expect.stringContaining(words) as unknown });
const everything =
  (answer: (request: IncomingMessage, response: ServerResponse) => void) => (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response);
    return true;
  };

describe('a whole Redfish service', () => {
  it('is logged in to once, and logged out of at the end', async () => {
    for (let time = 0; time < 3; time += 1) expect((await readPower()).on).toBe(true);
    expect(service.requests.filter((request) => request === 'POST /redfish/v1/SessionService/Sessions')).toHaveLength(1);
    expect(service.sessions.size).toBe(1);
    await jobs.close();
    expect(service.sessions.size).toBe(0);
  });

  it('is logged in to anew when it ended the session', async () => {
    await readPower();
    service.sessions.clear();
    expect((await readPower()).on).toBe(true);
    expect(service.sessions.size).toBe(1);
  });

  it('tells its log page by page, oldest first, and clears it', async () => {
    const log = await ask(['sel', 'read'], {});
    expect(log.entries.map(({ id }) => Number(id))).toEqual(Array.from({ length: LOG_ENTRIES }, (_, index) => index + 1));
    expect(log).toMatchObject({ capacity: 512, overflow: false });
    expect(log.entries[9]).toEqual({
      id: '10',
      at: Date.UTC(2026, 0, 1, 0, 10),
      source: 'Temperature',
      message: 'Event 10',
      severity: 'critical',
      asserted: true,
    });
    await ask(['sel', 'clear'], {});
    expect((await ask(['sel', 'read'], {})).entries).toEqual([]);
  });

  it('changes only what it was when read: boot once, the light', async () => {
    await ask(['bootDevice', 'set'], { device: 'cdrom', lasting: 'once', firmware: 'uefi' });
    expect(await ask(['bootDevice', 'read'], {})).toEqual({ device: 'cdrom', lasting: 'once', firmware: 'uefi' });
    await ask(['bootDevice', 'set'], { device: 'none', lasting: 'once' });
    expect(await ask(['bootDevice', 'read'], {})).toMatchObject({ device: 'none' });
    await ask(['identify', 'set'], { on: true });
    expect(await ask(['identify', 'read'], {})).toEqual({ on: true });
    await expect(ask(['bootDevice', 'set'], { device: 'bios', lasting: 'once' })).rejects.toMatchObject({ code: 'OOBM_UNSUPPORTED' });
  });

  it('waits for tasks: an image goes in, a power cycle is through', async () => {
    await ask(['virtualMedia', 'insert'], { image: 'https://192.0.2.1/x.iso' });
    expect(await ask(['virtualMedia', 'read'], {})).toMatchObject([
      { id: '1', kinds: ['cd'], image: 'https://192.0.2.1/x.iso', inserted: true },
    ]);
    await ask(['power', 'set'], { action: 'cycle' });
    expect(service.requests.filter((request) => request.includes('/Tasks/7')).length).toBe(6);
    await ask(['virtualMedia', 'eject'], {});
    expect(await ask(['virtualMedia', 'read'], {})).toMatchObject([{ image: null, inserted: false }]);
  });

  it('tells sensors, firmware, parts and who it is', async () => {
    expect(await ask(['sensors', 'read'], {})).toMatchObject([
      { name: 'Inlet', kind: 'Temperature', value: 24.5, unit: '°C', health: 'ok', thresholds: { upperCritical: 45 } },
      { name: 'Fan1', value: 500, unit: 'RPM', health: 'warning', thresholds: {} },
    ]);
    expect(await ask(['firmware', 'read'], {})).toEqual([{ id: 'BIOS', name: 'System BIOS', version: '2.4', updateable: true }]);
    const identity = await ask(['identity', 'read'], {});
    expect(identity).toMatchObject({
      uuid: 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee',
      serial: 'C1234',
      bmcVersion: '7.1',
      biosVersion: '2.4',
    });
    const parts = await ask(['fru', 'read'], {});
    expect(parts.map(({ name }) => name)).toEqual(['System', 'Chassis']);
  });
});

describe('a Redfish service that is not what it should be', () => {
  it('gets two wrong passwords and no third', async () => {
    const logins = () => service.requests.filter((request) => request.startsWith('POST')).length;
    const wrong = endpointOf({ password: 'wrong' });
    for (let time = 0; time < 4; time += 1) await expect(readPower(wrong)).rejects.toMatchObject({ code: 'OOBM_AUTH' });
    expect(logins()).toBe(2);
    expect((await readPower()).on).toBe(true);
  });

  it('gets no request at all when its certificate changed', async () => {
    await readPower();
    await service.restart(makeCertificate(folder, 'other'));
    service.requests.length = 0;
    const error = readPower();
    await expect(error).rejects.toMatchObject({ code: 'OOBM_IDENTITY' });
    await expect(error).rejects.toMatchObject({
      data: { details: expect.arrayContaining([expect.stringMatching(/^shown: sha256 /)]) as unknown },
    });
    expect(service.requests).toEqual([]);
  });

  it('is not trusted by the system when nothing is pinned', async () => {
    const shown = `shown: sha256 ${certificate.fingerprint.replaceAll(':', '').toLowerCase()}`;
    await expect(readPower(endpointOf({ certificate: null }))).rejects.toMatchObject({
      code: 'OOBM_IDENTITY',
      data: { details: expect.arrayContaining([shown]) as unknown },
    });
    expect(service.requests).toEqual([]);
  });

  it('is not followed to another origin, by a redirect or by a link', async () => {
    let visits = 0;
    const foreign = await startRedfishService(certificate);
    foreign.intercept = everything((_request, response) => {
      visits += 1;
      response.end('{}');
    });
    service.intercept = (request, response) => {
      if (request.url !== '/redfish/v1/Systems') return false;
      response.writeHead(307, { location: `${foreign.url}/redfish/v1/Systems` }).end();
      return true;
    };
    await expect(readPower()).rejects.toMatchObject({ code: 'OOBM_REFUSED', ...says('another computer') });
    service.intercept = undefined;
    service.resources.set('/redfish/v1/Systems', { Members: [{ '@odata.id': `${foreign.url}/redfish/v1/Systems/1` }] });
    await expect(readPower()).rejects.toMatchObject({ code: 'OOBM_REFUSED', ...says('another computer') });
    expect(visits).toBe(0);
    await foreign.stop();
  });

  it('does not lead in circles', async () => {
    let hops = 0;
    service.intercept = everything((_request, response) => {
      hops += 1;
      response.writeHead(302, { location: `/redfish/v1/again/${hops}` }).end();
    });
    await expect(readPower()).rejects.toMatchObject({ code: 'OOBM_REFUSED', ...says('without end') });
    expect(hops).toBeLessThan(6);
    service.intercept = undefined;
    service.resources.set('/redfish/v1/Systems/1', {
      ...service.resources.get('/redfish/v1/Systems/1'),
      LogServices: { '@odata.id': '/redfish/v1/ring' },
    });
    service.resources.set('/redfish/v1/ring', { 'Members@odata.nextLink': '/redfish/v1/ring' });
    await expect(ask(['sel', 'read'], {})).rejects.toMatchObject({ code: 'OOBM_REFUSED', ...says('back to itself') });
  });

  it('cannot fill the memory: a body of 1 GB is cut off early', async () => {
    let sent = 0;
    const piece = Buffer.alloc(1024 * 1024, 'x');
    service.intercept = everything((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const pour = () => {
        while (sent < 1024 && !response.destroyed) {
          sent += 1;
          if (!response.write(piece)) return void response.once('drain', pour);
        }
        response.end();
      };
      pour();
    });
    await expect(readPower()).rejects.toMatchObject({ code: 'OOBM_REFUSED', ...says('more than 16 MiB') });
    expect(sent).toBeLessThan(64);
  });

  it('is told from one that answers garbage, a page, nothing or something else than HTTP', async () => {
    const answers = ['\u0000\u0001{{{', '<html>Welcome to the printer</html>', '[1,2,3]', '"text"', 'null', ''];
    for (const body of answers) {
      service.intercept = everything((_request, response) => response.end(body));
      await expect(readPower(), body).rejects.toMatchObject({ code: expect.stringMatching(/^OOBM_(REFUSED|UNSUPPORTED)$/) as unknown });
    }
    service.intercept = everything((request) => request.socket.end('SSH-2.0-Mysterious\r\n'));
    await expect(readPower()).rejects.toMatchObject({ code: expect.stringMatching(/^OOBM_/) as unknown });
    service.intercept = everything((request) => request.socket.destroy());
    await expect(readPower()).rejects.toMatchObject({ code: 'OOBM_UNREACHABLE' });
    await expect(readPower(endpointOf({ url: `https://127.0.0.1:${await freePort()}` }))).rejects.toMatchObject({
      code: 'OOBM_UNREACHABLE',
    });
    await expect(readPower(endpointOf({ url: 'ftp://127.0.0.1' }))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('that never answers ends at the limit of the call', async () => {
    service.intercept = everything(() => undefined);
    const began = performance.now();
    const call = { sut, endpoints: [endpointOf()], capability: 'power', action: 'read', args: {}, timeoutMs: 500 } as const;
    await expect(jobs.perform(call)).rejects.toMatchObject({ code: 'TIMEOUT' });
    expect(performance.now() - began).toBeLessThan(3000);
    service.intercept = undefined;
    expect((await readPower()).on).toBe(true);
  });

  it('whose answer to a change is lost leaves the outcome open', async () => {
    service.intercept = (request) => {
      if (!request.url?.endsWith('ComputerSystem.Reset')) return false;
      request.socket.destroy();
      return true;
    };
    await expect(ask(['power', 'set'], { action: 'off' })).rejects.toMatchObject({ code: 'OOBM_UNREACHABLE', ...says('unknown') });
    expect(service.requests.filter((request) => request.startsWith('POST') && request.endsWith('Reset'))).toHaveLength(1);
  });
});
