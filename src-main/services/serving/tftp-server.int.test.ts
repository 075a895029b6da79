import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { openSource } from './open-source.ts';
import { startTftp, type TftpServer } from './tftp-server.ts';

const run = promisify(execFile);
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0)) await clean();
});

async function serverWith(files: Record<string, Buffer>): Promise<TftpServer> {
  const server = await startTftp({ address: '127.0.0.1', port: 0 }, async (name) => {
    const bytes = files[name];
    return bytes === undefined ? null : openSource({ bytes });
  });
  cleanups.push(() => server.close());
  return server;
}

/** curl is the client: another maker's, with blksize and tsize, or without. */
async function fetched(port: number, name: string, ...options: string[]): Promise<Buffer> {
  const args = ['--silent', '--show-error', '--max-time', '60', ...options, `tftp://127.0.0.1:${port}/${name}`];
  const { stdout } = await run('curl', args, { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

const bytesOf = (length: number): Buffer => Buffer.from(Array.from({ length }, (_, index) => (index * 31 + (index >> 9)) % 251));

describe('reading by TFTP', { timeout: 120_000 }, () => {
  it.each([
    ['a short file', 3, []],
    ['one that ends with a block', 1024, ['--tftp-blksize', '512']],
    ['one in blocks of another size', 70_001, ['--tftp-blksize', '1400']],
    ['one for a client without options', 70_000, ['--tftp-no-options']],
    ['nothing at all', 0, ['--tftp-no-options']],
  ])('brings %s whole', async (_what, length, options) => {
    const bytes = bytesOf(length);
    const { port } = await serverWith({ 'undionly.kpxe': bytes });
    expect((await fetched(port, '/undionly.kpxe', ...options)).equals(bytes)).toBe(true);
  });

  it('goes on after block 65,535', async () => {
    const bytes = bytesOf(65_600 * 8);
    const { port } = await serverWith({ big: bytes });
    expect((await fetched(port, 'big', '--tftp-blksize', '8')).equals(bytes)).toBe(true);
  });

  it('refuses what is not served, and everything but reading', async () => {
    const { port } = await serverWith({ 'ipxe.efi': bytesOf(10) });
    await expect(fetched(port, '../../etc/passwd')).rejects.toMatchObject({ code: 68 }); // CURLE_TFTP_NOTFOUND
    const socket = createSocket('udp4');
    cleanups.push(() => new Promise<void>((resolve) => socket.close(resolve)));
    socket.send(Buffer.from('\0\x02ipxe.efi\0octet\0', 'latin1'), port, '127.0.0.1');
    const [answer] = (await once(socket, 'message')) as [Buffer];
    expect([answer.readUInt16BE(0), answer.readUInt16BE(2)]).toEqual([5, 2]);
  });

  it('sends again what was not acknowledged, and lives on beside a client that never answers', async () => {
    const { port } = await serverWith({ 'ipxe.efi': bytesOf(10) });
    const socket = createSocket('udp4');
    cleanups.push(() => new Promise<void>((resolve) => socket.close(resolve)));
    const heard: Buffer[] = [];
    socket.on('message', (message: Buffer) => heard.push(message));
    socket.send(Buffer.from('\0\x01ipxe.efi\0octet\0', 'latin1'), port, '127.0.0.1');
    await expect.poll(() => heard.length, { timeout: 20_000 }).toBeGreaterThan(1);
    expect(heard[1]?.equals(heard[0] ?? Buffer.alloc(0))).toBe(true);
    expect(await fetched(port, 'ipxe.efi')).toHaveLength(10);
  });
});
