import { createRouterClient } from '@orpc/server';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { composeHarness } from './compose.ts';
import type { Harness } from './harness.ts';
import { startLoopback, type Loopback } from './loopback/start-loopback.ts';

// Requests from elsewhere start a real plan, by HTTP.

const resources = join(import.meta.dirname, '../resources');
const place = mkdtempSync(join(tmpdir(), 'atn-triggers-'));
let harness: Harness;
let served: Loopback;

async function open(): Promise<void> {
  harness = await composeHarness({ home: join(place, 'home'), face: 'headless', appVersion: '0', resources });
  served = await startLoopback({ harness, user: 'ada', appVersion: '0', port: 0, pages: null });
  await harness.announce(served);
}
async function close(): Promise<void> {
  await served.close();
  await harness.close();
}
const client = () => createRouterClient(harness.router, { context: { caller: { user: 'ada', origin: 'cli' } } });

beforeAll(open, 60_000);
afterAll(async () => {
  await close();
  rmSync(place, { recursive: true, force: true, maxRetries: 10 });
});

async function makePlan(): Promise<string> {
  const folder = join(place, 'suite.robot');
  writeFileSync(folder, '*** Test Cases ***\nBuild\n    Should Be Equal    ${BUILD}    817\n    Should Be Equal    ${SITE}    bench\n');
  for await (const event of await client().testData.importPath({ path: folder })) {
    if (event.type !== 'done') continue;
    const options = { variables: ['SITE:bench', 'BUILD:0'], timeLimitMs: null, silenceLimitMs: null, robotOptions: [], priority: 0 };
    return (await client().plans.create({ name: 'Nightly', testDataId: event.testData.id, options })).id;
  }
  throw new Error('The import ended without test data.');
}

interface Answer {
  status: number;
  body: { runs?: string[]; repeated?: boolean; message?: string; reasons?: string[] };
}
async function post(id: string, headers: Record<string, string>, body = ''): Promise<Answer> {
  const answer = await fetch(`${served.url}/triggers/${id}`, { method: 'POST', headers, body });
  return { status: answer.status, body: (await answer.json()) as Answer['body'] };
}

it('starts a plan once for each delivery, with what it allows, also after a restart', { timeout: 180_000 }, async () => {
  const planId = await makePlan();
  const made = await client().triggers.save({ content: { name: 'CI', planId, variables: ['BUILD'] } });
  const { id, secret } = made;
  expect(made.triggers).toMatchObject([{ address: `${served.url}/triggers/${id}`, planName: 'Nightly', by: 'ada', strangerAt: null }]);
  expect(JSON.stringify(await client().triggers.list())).not.toContain(secret);
  const owner = { authorization: `Bearer ${secret ?? ''}` };
  const delivery = { ...owner, 'idempotency-key': 'build-817' };
  const body = JSON.stringify({ variables: { BUILD: 817 } });

  expect(await post(id, { authorization: `Bearer ${served.ownerToken}` }, body)).toMatchObject({ status: 401 });
  expect(await post('nowhere', owner, body)).toMatchObject({ status: 401 });
  expect((await client().triggers.list())[0]?.strangerAt).not.toBeNull();
  // Its secret opens nothing else.
  expect((await fetch(`${served.url}/api/v1/runs`, { headers: owner })).status).toBe(401);
  expect((await fetch(`${served.url}/triggers/${id}`, { headers: owner })).status).toBe(405);
  expect(await post(id, owner, JSON.stringify({ variables: { SITE: 'rack' } }))).toMatchObject({
    status: 400,
    body: { message: 'This trigger does not take SITE.' },
  });
  expect(await post(id, owner, '{')).toMatchObject({ status: 400 });
  expect(await post(id, owner, JSON.stringify({ condition: 'rack' }))).toMatchObject({ status: 400 });
  expect(await post(id, owner, 'x'.repeat(1024 * 1024 + 1)).catch(() => ({ status: 413 }))).toMatchObject({ status: 413 });

  const answers = await Promise.all([post(id, delivery, body), post(id, delivery, body), post(id, { ...delivery }, body)]);
  const [run = ''] = answers[0]?.body.runs ?? [];
  expect(answers.map(({ status, body: { runs } }) => [status, runs])).toEqual(answers.map(() => [202, [run]]));
  for await (const { state } of await client().runs.follow({ id: run })) if (state === 'ended') break;
  expect(await client().runs.get({ id: run })).toMatchObject({ verdict: 'passed', startedBy: 'ada', plan: { id: planId } });

  await close();
  await open();
  expect(await post(id, delivery, body)).toMatchObject({ status: 202, body: { runs: [run], repeated: true } });
  expect((await client().triggers.list())[0]?.deliveries[0]).toMatchObject({ key: 'build-817', times: 4, runId: run, problem: null });
  expect((await client().runs.list({})).rows).toHaveLength(1);

  const rotated = await client().triggers.rotate({ id });
  expect(await post(id, delivery, body)).toMatchObject({ status: 401 });
  expect(await post(id, { ...delivery, authorization: `Bearer ${rotated.secret ?? ''}` }, body)).toMatchObject({ status: 202 });
  await client().triggers.remove({ id });
  expect(await post(id, delivery, body)).toMatchObject({ status: 401 });
});

it(
  'takes the signature of a repository, says why a run cannot start, and slows down who asks too often',
  { timeout: 120_000 },
  async () => {
    const [plan] = await client().plans.list();
    const content = { name: 'Repository', planId: plan?.id ?? '', suts: ['no-such-machine'], proof: 'signature' as const };
    const { id, secret } = await client().triggers.save({ content });
    const sign = (body: string) => ({
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret ?? '')
        .update(body)
        .digest('hex')}`,
      'content-type': 'application/json',
    });
    const push = '{"ref":"refs/heads/main","condition":{"of":"theirs"}}';
    expect(await post(id, { ...sign(push), 'x-github-event': 'ping' }, push)).toMatchObject({ status: 200 });
    expect(await post(id, sign(`${push} `), push)).toMatchObject({ status: 401 });
    expect(await post(id, { authorization: `Bearer ${secret ?? ''}` }, push)).toMatchObject({ status: 401 });
    const refused = await post(id, { ...sign(push), 'x-github-delivery': 'one' }, push);
    expect(refused).toMatchObject({ status: 422, body: { reasons: [expect.stringContaining('no-such-machine')] } });
    expect((await client().triggers.list())[0]?.deliveries).toMatchObject([
      { key: 'one', runId: null, problem: expect.stringContaining('no-such-machine') as string },
    ]);
    // What was refused may come again under its name, once it can start.
    await client().triggers.save({ id, content: { ...content, suts: [] } });
    expect(await post(id, { ...sign(push), 'x-github-delivery': 'one' }, push)).toMatchObject({ status: 202, body: { repeated: false } });
    await client().triggers.save({ id, content: { ...content, enabled: false } });
    expect(await post(id, sign(push), push)).toMatchObject({ status: 403 });
    let last: Answer = { status: 0, body: {} };
    for (let times = 0; times < 40 && last.status !== 429; times += 1) last = await post(id, sign(push), push);
    expect(last.status).toBe(429);
    // Another way to prove is another secret.
    expect((await client().triggers.save({ id, content: { ...content, proof: 'token' } })).secret).not.toBeNull();
    expect(await post(id, sign(push), push)).toMatchObject({ status: 401 });
  },
);
