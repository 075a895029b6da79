import { createRouterClient } from '@orpc/server';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { composeHarness } from '../compose.ts';
import type { Harness } from '../harness.ts';
import { startLoopback, type Loopback } from './start-loopback.ts';

const place = mkdtempSync(join(tmpdir(), 'atn-loopback-'));
let harness: Harness;
let served: Loopback;

beforeAll(async () => {
  writeFileSync(join(place, 'index.html'), '<!doctype html><title>page</title>');
  const resources = join(import.meta.dirname, '../../resources');
  harness = await composeHarness({ home: join(place, 'home'), face: 'headless', appVersion: '1.2.3', resources });
  served = await startLoopback({ harness, user: 'ada', appVersion: '1.2.3', port: 0, pages: place });
});

afterAll(async () => {
  await served.close();
  await harness.close();
  rmSync(place, { recursive: true, force: true, maxRetries: 10 });
});

interface Ask {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Plain HTTP: fetch would neither send a foreign Host nor show a cookie. */
function ask(path: string, { method = 'GET', headers = {}, body = '' }: Ask = {}) {
  return new Promise<{ status: number; headers: Record<string, unknown>; text: string }>((resolve, reject) => {
    const sent = request(`${served.url}${path}`, { method, headers }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function session(): Promise<string> {
  const visit = await ask(new URL(served.oneTimeUrl()).search.replace(/^/u, '/'));
  return String((visit.headers['set-cookie'] as string[])[0]).split(';', 1)[0] ?? '';
}

const owner = () => ({ authorization: `Bearer ${served.ownerToken}` });

describe('a harness on loopback', () => {
  it('lets calendars read the reservations at an address of their own, until it is taken back', async () => {
    const client = createRouterClient(harness.router, { context: { caller: { user: 'ada', origin: 'desktop' } } });
    expect((await ask('/calendar/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.ics')).status).toBe(404);
    const { id } = await client.suts.create({ name: 'node-ical' });
    await client.reservations.request({ suts: ['node-ical'], durationMs: 3_600_000, purpose: 'fans; and more' });
    const first = await client.reservations.makeCalendarLink();
    const { address } = await client.reservations.makeCalendarLink();
    expect((await ask(new URL(first.address, served.url).pathname)).status).toBe(404);
    const { pathname } = new URL(address, served.url);
    const read = await ask(pathname);
    expect(read).toMatchObject({ status: 200, headers: { 'content-type': 'text/calendar; charset=utf-8' } });
    expect(read.text).toContain('SUMMARY:ada: node-ical');
    expect((await ask(`${pathname}?holder=nobody`)).text).not.toContain('node-ical');
    expect((await ask(pathname, { method: 'POST' })).status).toBe(401);
    expect((await ask(pathname, { headers: { host: 'evil.example' } })).status).toBe(421);
    expect((await ask('/api/v1/suts', { headers: { authorization: `Bearer ${pathname.slice(10, 42)}` } })).status).toBe(401);
    expect(await client.reservations.removeCalendarLink()).toEqual({ madeAt: null });
    expect((await ask(pathname)).status).toBe(404);
    await client.suts.release({ id });
    await client.suts.remove({ id });
  });

  it('answers nobody without a token or a session, by any door', async () => {
    for (const path of ['/', '/runs', '/api/v1/system/info', '/api/v1/openapi.json', '/api/docs'])
      expect((await ask(path)).status).toBe(401);
    await expect(openSocket({})).rejects.toThrow('401');
    expect((await ask('/', { headers: { host: 'evil.example' } })).status).toBe(421);
  });

  it('opens the page for a one-time address, once', async () => {
    const address = served.oneTimeUrl().replace(served.url, '');
    const visit = await ask(address);
    expect(visit).toMatchObject({ status: 303, headers: { location: '/' } });
    expect((await ask(address)).status).toBe(401);
    const cookie = String((visit.headers['set-cookie'] as string[])[0]).split(';', 1)[0] ?? '';
    const page = await ask('/runs/1', { headers: { cookie } });
    expect(page.text).toContain('<title>page</title>');
    expect(page.headers['content-security-policy']).toContain("default-src 'self'");
  });

  it('lets a session change nothing and open no socket from another origin', async () => {
    const cookie = await session();
    const change = { method: 'PUT', body: '{"paused":true}' };
    const json = { 'content-type': 'application/json', cookie };
    expect((await ask('/api/v1/system/queue-paused', { ...change, headers: { ...json, origin: 'http://evil.example' } })).status).toBe(401);
    expect((await ask('/api/v1/system/queue-paused', { ...change, headers: json })).status).toBe(401);
    expect((await ask('/api/v1/system/queue-paused', { ...change, headers: { ...json, origin: served.url } })).status).toBe(200);
    await expect(openSocket({ cookie, origin: 'http://evil.example' })).rejects.toThrow('401');
    (await openSocket({ cookie, origin: served.url })).close();
  });

  it('serves REST from the contract: numbers in addresses, errors with code and id, a document of every procedure', async () => {
    expect(JSON.parse((await ask('/api/v1/system/info', { headers: owner() })).text)).toMatchObject({ user: 'ada', appVersion: '1.2.3' });
    expect(JSON.parse((await ask('/api/v1/runs?limit=5&offset=0', { headers: owner() })).text)).toMatchObject({ rows: [], all: 0 });
    const missing = await ask('/api/v1/runs/nowhere', { headers: owner() });
    expect(missing.status).toBe(404);
    expect(JSON.parse(missing.text)).toMatchObject({ code: 'NOT_FOUND', data: { correlationId: expect.any(String) as unknown } });
    expect((await ask('/api/v1/runs?limit=many', { headers: owner() })).status).toBe(400);
    expect((await ask('/api/v1/no-such-thing', { headers: owner() })).status).toBe(404);
    const document = JSON.parse((await ask('/api/v1/openapi.json', { headers: owner() })).text) as { openapi: string; paths: object };
    expect(document.openapi).toMatch(/^3\.1/u);
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/runs', '/runs/{id}/stop', '/test-data/import', '/suts/{id}/holder']),
    );
  });

  it('serves the reference page with nothing from elsewhere', async () => {
    const page = await ask('/api/docs', { headers: owner() });
    expect(page.text).not.toMatch(/https?:/u);
    for (const [file, type] of [
      ['swagger-ui-bundle.js', 'text/javascript'],
      ['swagger-ui.css', 'text/css'],
      ['start.js', 'text/javascript'],
    ] as const) {
      const answer = await ask(`/api/docs/${file}`, { headers: owner() });
      expect([answer.status, String(answer.headers['content-type'])]).toEqual([200, expect.stringContaining(type)]);
    }
  });

  it('gives the same answers as the calls in this process', async () => {
    const client = createRouterClient(harness.router, { context: { caller: { user: 'ada', origin: 'cli' } } });
    const direct = await client.system.settings();
    expect(JSON.parse((await ask('/api/v1/system/settings', { headers: owner() })).text)).toEqual(direct);
  });
});

function openSocket(headers: Record<string, string>): Promise<WebSocket> {
  const socket = new WebSocket(`${served.url.replace('http', 'ws')}/api/ws`, { headers });
  return new Promise((resolve, reject) => socket.once('open', () => resolve(socket)).once('error', reject));
}
