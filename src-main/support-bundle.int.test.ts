import { createRouterClient } from '@orpc/server';
import { appendFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import yauzl from 'yauzl';
import { composeHarness } from './compose.ts';

const SECRET = 'c4nary-seven-green-bicycles';
const PLANTED = [SECRET, 'us3rinfo-c4nary', 't0ken-c4nary-1234', 'MHcCAQEEc4nary', 'env-c4nary-5678'];

it('holds what was shown, and none of the secrets that lie around', async () => {
  process.env['ATN_TEST_TOKEN'] = 'env-c4nary-5678';
  const home = mkdtempSync(join(tmpdir(), 'atn-support-'));
  const harness = await composeHarness({
    home,
    face: 'headless',
    appVersion: '1.2.3',
    resources: join(import.meta.dirname, '../resources'),
  });
  try {
    const client = createRouterClient(harness.router, { context: { caller: { user: 'ada', origin: 'cli' } } });
    const endpoint = { provider: 'ipmi' as const, address: '192.0.2.77', port: 623, user: 'admin', password: SECRET };
    await client.suts.create({ name: 'node-canary', endpoints: [endpoint] });
    const spilt = [
      `logged in with ${SECRET} and ${Buffer.from(SECRET).toString('base64')}`,
      'https://ada:us3rinfo-c4nary@pypi.lab/simple',
      'Authorization: Bearer t0ken-c4nary-1234',
      '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEc4nary\n-----END EC PRIVATE KEY-----',
      'ATN_TEST_TOKEN env-c4nary-5678',
    ];
    appendFileSync(join(home, 'logs', 'harness.log'), `${spilt.join('\n')}\n`);
    const preview = await client.system.previewBundle({ maskNames: true });
    const { content } = await client.system.takeBundle({ id: preview.id });
    const zip = await yauzl.fromBufferPromise(Buffer.from(content, 'base64'));
    const texts = new Map<string, string>();
    for await (const entry of zip.eachEntry()) texts.set(entry.fileName, (await buffer(await zip.openReadStreamPromise(entry))).toString());
    expect([...texts.keys()].sort()).toEqual([...preview.files.map(({ name }) => name), 'README.txt'].sort());
    const whole = [...texts].flat().join('\n') + JSON.stringify(preview);
    for (const secret of [...PLANTED, Buffer.from(SECRET).toString('base64'), 'node-canary', '192.0.2.77'])
      expect(whole).not.toContain(secret);
    expect(whole).toContain('logged in with [masked]');
    expect(texts.get('doctor.json')).toContain('Store integrity');
    await expect(client.system.takeBundle({ id: harness.home })).rejects.toThrow();
  } finally {
    delete process.env['ATN_TEST_TOKEN'];
    await harness.close();
  }
}, 60_000);
