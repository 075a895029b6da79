import { Server, utils } from 'ssh2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startOpenSsh, type OpenSsh } from '../../../e2e/lab/openssh.ts';
import { OOBM_THREADS, OobmJobs } from '../../workers/oobm-jobs.ts';
import { WorkerPool } from '../../workers/pool.ts';
import type { SshEndpoint } from '../endpoints.ts';

const pool = new WorkerPool({ threads: OOBM_THREADS });
const jobs = new OobmJobs(pool);
const sut = { id: 'sut', name: 'node-1' };
let peer: OpenSsh;

beforeAll(async () => {
  peer = await startOpenSsh();
});
afterAll(async () => {
  await jobs.close();
  await pool.close();
  await peer.stop();
});

/** The same account, with a password in place of the key. */
const byPassword = (password: string, more: Partial<SshEndpoint> = {}): SshEndpoint => {
  const endpoint = endpointOf({ password, ...more });
  delete endpoint.privateKey;
  return endpoint;
};
const endpointOf = (more: Partial<SshEndpoint> = {}): SshEndpoint => ({
  provider: 'ssh',
  id: 'ssh',
  host: '127.0.0.1',
  port: peer.port,
  username: peer.username,
  privateKey: peer.privateKey,
  hostKey: peer.hostKey,
  ...more,
});
const run = (command: string, endpoint = endpointOf()) =>
  jobs.perform({ sut, endpoints: [endpoint], capability: 'shell', action: 'run', args: { command }, fence: null });

describe('SSH, against OpenSSH', () => {
  it('runs commands and tells how they ended', async () => {
    expect((await run('echo out; echo err >&2; exit 3')).value).toEqual({
      exitCode: 3,
      signal: null,
      stdout: 'out\n',
      stderr: 'err\n',
      cut: false,
    });
    expect((await run('kill -9 $$')).value).toMatchObject({ exitCode: null, signal: 'SIGKILL' });
    const much = (await run('head -c 3000000 /dev/zero')).value;
    expect(much).toMatchObject({ exitCode: 0, cut: true });
    expect(much.stdout).toHaveLength(1024 * 1024);
  });

  it('refuses an unknown and a changed host key before it shows a secret, and tells the one it saw', async () => {
    await expect(run('true', endpointOf({ hostKey: null }))).rejects.toMatchObject({
      code: 'OOBM_IDENTITY',
      data: { details: expect.arrayContaining([`shown: SHA256:${peer.hostKey}`]) as unknown },
    });
    const changed = run('true', endpointOf({ hostKey: 'AAAA', password: 'secret' }));
    await expect(changed).rejects.toMatchObject({ code: 'OOBM_IDENTITY', message: expect.stringContaining('CHANGED') as unknown });
    expect(peer.failures()).toBe(0);
  });

  it('shows a wrong password once a login, and after two logins no more', async () => {
    const wrong = byPassword('wrong');
    for (let login = 1; login <= 4; login += 1) await expect(run('true', wrong)).rejects.toMatchObject({ code: 'OOBM_AUTH' });
    expect(peer.failures()).toBe(2);
    expect((await run('true')).value.exitCode).toBe(0);
  });

  it('shuts down politely, and says when the machine would not', async () => {
    const soft = (shutdownCommand: string) =>
      jobs.perform({
        sut,
        endpoints: [endpointOf({ shutdownCommand })],
        capability: 'power',
        action: 'set',
        args: { action: 'soft' },
        fence: null,
      });
    expect((await soft('true')).value).toBeNull();
    expect((await soft('kill -9 $PPID')).value).toBeNull(); // the connection goes down with the machine
    await expect(soft('echo not today >&2; false')).rejects.toMatchObject({
      code: 'OOBM_REFUSED',
      message: expect.stringContaining('not today') as unknown,
    });
    const call = { sut, endpoints: [endpointOf()], capability: 'power', action: 'set', args: { action: 'on' }, fence: null } as const;
    await expect(jobs.perform(call)).rejects.toMatchObject({ code: 'OOBM_UNSUPPORTED' });
  });

  it('gives a shell as console that ends with its stream', async () => {
    const { stream, provider } = await jobs.openConsole({ sut, endpoints: [endpointOf()], fence: null });
    expect(provider).toBe('ssh');
    let seen = '';
    stream.on('data', (chunk: Buffer) => (seen += chunk.toString()));
    stream.write('echo $((6*7))-is-it; tty\n');
    await expect.poll(() => seen, { timeout: 10_000 }).toContain('42-is-it');
    await expect.poll(() => seen).toContain('/dev/pts/');
    const ended = new Promise((resolve) => stream.once('end', resolve));
    stream.write('exit\n');
    await ended;
  });

  it('logs in by password where there is a password, and by questions where the server insists', async () => {
    for (const method of ['password', 'keyboard-interactive'] as const) {
      const { port, hostKey, stop } = await startAsker(method);
      const endpoint = byPassword('open sesame', { port, hostKey });
      expect((await run('anything', endpoint)).value.exitCode).toBe(0);
      await stop();
    }
  });
});

/** A server that knows one way to log in. */
async function startAsker(method: 'password' | 'keyboard-interactive') {
  // Of three hundred ed25519 keys that ssh2 makes, it cannot read one itself.
  const keys = utils.generateKeyPairSync('ecdsa', { bits: 256 });
  const server = new Server({ hostKeys: [keys.private] }, (client) => {
    client.on('error', () => undefined);
    client.on('authentication', (context) => {
      const judge = (said: string | undefined) => (said === 'open sesame' ? context.accept() : context.reject());
      if (context.method !== method) return context.reject([method]);
      if (context.method === 'password') return judge(context.password);
      context.prompt([{ prompt: 'Token: ', echo: false }], (answers) =>
        answers[0] === 'open sesame' ? context.accept() : context.reject(),
      );
    });
    client.on('session', (accept) => {
      accept().on('exec', (acceptExec) => {
        const channel = acceptExec();
        channel.exit(0);
        channel.end();
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const parsed = utils.parseKey(keys.public);
  if (parsed instanceof Error) throw parsed;
  const { createHash } = await import('node:crypto');
  const hostKey = createHash('sha256').update(parsed.getPublicSSH()).digest('base64').replace(/=+$/, '');
  return { port: (server.address() as { port: number }).port, hostKey, stop: async () => void server.close() };
}
