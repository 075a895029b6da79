import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request, type RequestOptions } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate } from '../../e2e/lab/certificate.ts';
import { openHubSocket } from '../../src-main/hub-link/open-socket.ts';
import { Facts, Heartbeat, Hello, Lane, Proof } from '../../src-shared/protocol/messages.ts';
import { composeHub, type Hub } from './compose.ts';
import { readConfig } from './config.ts';
import { Visitor } from './test-visitor.ts';

const PASSWORD = 'seven green bicycles';
const place = mkdtempSync(join(tmpdir(), 'atn-door-'));
const running: Hub[] = [];
const leaving: (() => void)[] = [];
let count = 0;

beforeAll(() => writeFileSync(join(place, 'index.html'), '<!doctype html><html><head></head></html>'));
afterEach(async () => {
  for (const leave of leaving.splice(0)) leave();
  for (const hub of running.splice(0)) await hub.close();
});
afterAll(() => rmSync(place, { recursive: true, force: true, maxRetries: 10 }));

async function start(environment: Record<string, string>): Promise<Hub> {
  count += 1;
  const config = await readConfig({ home: join(place, `hub-${count}`), port: '0', host: undefined }, environment);
  const hub = await composeHub({ config, appVersion: '1', pages: place });
  running.push(hub);
  return hub;
}

const first = (hub: Hub) => ({ secret: hub.firstLink?.split('#')[1], login: 'root', name: 'Ada', password: PASSWORD });

/** Over TLS, trusting the certificate of the test. */
function ask(url: string, options: RequestOptions, body?: object): Promise<{ status: number; headers: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { ...options, rejectUnauthorized: false }, (answer) => {
      answer.resume();
      answer.once('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers }));
    });
    sent.once('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

describe('the door of a hub', () => {
  it('speaks TLS by its own certificate, and binds browsers to it', async () => {
    const files = makeCertificate(place);
    const hub = await start({ ATN_HUB_TLS_CERTIFICATE: files.certificateFile, ATN_HUB_TLS_KEY: files.keyFile });
    expect(hub.url).toMatch(/^https:/u);
    const page = await ask(`${hub.url}/`, {});
    expect(page.headers['strict-transport-security']).toMatch(/^max-age=31536000; includeSubDomains/u);
    const headers = { origin: hub.url, 'content-type': 'application/json' };
    const entered = await ask(`${hub.url}/api/v1/invitations/redeem`, { method: 'POST', headers }, first(hub));
    expect(entered.status).toBe(200);
    expect(String(entered.headers['set-cookie'])).toMatch(
      /^__Host-atn_hub=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+; Secure$/u,
    );
    await expect(new Visitor(hub.url.replace('https', 'http')).ask('GET', '/health')).rejects.toThrow();
  });

  it('behind a proxy that does TLS gives the same cookies, and takes nothing from a page of another origin', async () => {
    const hub = await start({ ATN_HUB_PUBLIC_URL: 'https://hub.example.org', ATN_HUB_TRUST_PROXY: '127.0.0.1' });
    const visitor = new Visitor(hub.url);
    expect((await visitor.call('POST', '/invitations/redeem', first(hub))).status).toBe(403);
    visitor.origin = 'https://hub.example.org';
    const entered = await visitor.call('POST', '/invitations/redeem', first(hub));
    expect(entered.status).toBe(200);
    expect(String(entered.headers['set-cookie'])).toMatch(/^__Host-atn_hub=.*; Secure$/u);
    expect(String((await visitor.ask('GET', '/')).headers['strict-transport-security'])).toContain('max-age');
  });

  it('believes an address that is forwarded from a proxy it knows, and from nobody else', async () => {
    for (const [trusted, expected] of [
      ['127.0.0.1', 401],
      ['192.0.2.1', 429],
    ] as const) {
      const hub = await start({ ATN_HUB_TRUST_PROXY: trusted, ATN_HUB_TRIES: '3' });
      for (let tries = 0; tries < 4; tries += 1) await new Visitor(hub.url).call('POST', '/sessions', { login: 'x', password: 'y' });
      const last = await new Visitor(hub.url).call('POST', '/sessions', { login: 'x', password: 'y' });
      expect([trusted, last.status]).toEqual([trusted, expected]);
    }
  });

  it('answers as many calls of one address in a minute as its settings say', async () => {
    const hub = await start({ ATN_HUB_CALLS: '5' });
    const visitor = new Visitor(hub.url);
    const answers: number[] = [];
    for (let calls = 0; calls < 6; calls += 1) answers.push((await visitor.call('GET', '/system/info')).status);
    expect(answers).toEqual([401, 401, 401, 401, 401, 429]);
  });

  it('sends headers that keep a page among its own files and out of frames, and no page of the interface into a cache', async () => {
    const hub = await start({});
    const { headers } = await new Visitor(hub.url).ask('GET', '/');
    for (const part of ["default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
      expect(headers['content-security-policy']).toContain(part);
    expect(headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
    });
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect([headers['x-content-type-options'], headers['x-powered-by']]).toEqual(['nosniff', undefined]);
    expect(headers['strict-transport-security']).toBeUndefined();
    expect((await new Visitor(hub.url).call('GET', '/sessions/ways')).headers['cache-control']).toBe('no-store');
    const long = await new Visitor(hub.url).call('POST', '/sessions', { login: 'x'.repeat(3_000_000), password: 'y' });
    expect([400, 413]).toContain(long.status);
  });

  // Each message of the link, and whatever else is sent: without the greeting nothing is taken, and the connection ends.
  const MESSAGES = { hello: Hello, proof: Proof, facts: Facts, heartbeat: Heartbeat, lane: Lane };
  const SESSION = { session: 'x', storeGen: 'x', before: '', clock: 1, runId: 'x', from: null, to: '-', chain: null };
  const ITEMS = { items: [{ seq: 1, nonce: 'n'.repeat(16), kind: 'open', body: '{}' }], meta: [], messages: [], console: null, run: null };
  const shaped = (event: string) => ({ ...SESSION, ...ITEMS, ...(event === 'lane' ? { items: [] } : {}) });

  it.each([...Object.keys(MESSAGES), 'mail', 'notice', 'welcome'])('takes no %s from who has shown no key', async (event) => {
    const hub = await start({});
    for (const message of [shaped(event), {}, null, 'text']) {
      const outcome = await new Promise<string>((resolve) => {
        const socket = openHubSocket(hub.url, {
          console: () => Promise.resolve(null),
          challenge: () => {
            setTimeout(() => resolve('no answer'), 500);
            void socket.call(event, message).then(
              (answer) => resolve((answer as { kind?: string } | null)?.kind ?? 'nothing'),
              () => resolve('cut off'),
            );
          },
          mail: () => resolve('mail'),
          refused: () => resolve('refused'),
          lost: () => resolve('cut off'),
        });
        leaving.push(() => socket.close());
      });
      expect(['cut off', 'no answer', 'refused']).toContain(outcome);
    }
  });
});
