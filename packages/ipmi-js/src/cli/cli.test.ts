import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSimulatedBmc, type SimulatedBmc } from '../sim/index.js';
import { commands } from './commands/index.js';
import { main } from './main.js';
import { EscapeReader, runSol } from './sol-command.js';

let bmc: SimulatedBmc;

beforeEach(async () => {
  bmc = await startSimulatedBmc({ users: [{ name: 'admin', password: 'secret' }] });
});
afterEach(async () => {
  delete process.env['IPMI_PASSWORD'];
  delete process.env['IPMI_NEW_PASSWORD'];
  await bmc.stop();
});

async function run(...words: string[]): Promise<{ code: number; out: string; error: string }> {
  const [out, error]: [string[], string[]] = [[], []];
  const code = await main(words, { out: (text) => void out.push(text), error: (text) => void error.push(text) });
  return { code, out: out.join('\n'), error: error.join('\n') };
}

function at(...words: string[]): Promise<{ code: number; out: string; error: string }> {
  return run('-H', '127.0.0.1', '-p', String(bmc.port), '-U', 'admin', '-P', 'secret', ...words);
}

describe('command line', () => {
  it('takes the password from a file or the environment', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ipmi-js-'));
    writeFileSync(join(folder, 'password'), 'secret\nnothing\n');
    const place = ['-H', '127.0.0.1', '-p', String(bmc.port), '-U', 'admin'];
    expect((await run(...place, '-f', join(folder, 'password'), 'power', 'status')).out).toBe('Chassis Power is off');
    process.env['IPMI_PASSWORD'] = 'secret';
    expect((await run(...place, '-E', 'power', 'status')).code).toBe(0);
    rmSync(folder, { recursive: true });
  });

  it('runs every command that only reads, as text and as JSON', async () => {
    bmc.state.powerLimit.watts = 400;
    const words: Readonly<Record<string, string>> = { raw: '6 1', 'chassis policy': 'list', 'sel clear': '', 'chassis identify': '1' };
    const changing = /reset|power (on|off|cycle|diag|soft)|bootdev|user (set|enable|disable|priv)|sol deactivate/;
    for (const command of commands.filter((one) => !changing.test(one.words))) {
      const line = `${command.words} ${words[command.words] ?? ''}`.trim().split(' ');
      const text = await at(...line);
      expect(text.error, command.words).toBe('');
      expect(text.code, command.words).toBe(0);
      const json = await at('--json', ...line);
      expect(JSON.parse(json.out), command.words).toMatchObject({ host: '127.0.0.1', ok: true });
    }
  }, 20_000);

  it('changes users, boot device and power', async () => {
    process.env['IPMI_NEW_PASSWORD'] = 'a password of 20 by';
    for (const line of [
      'user set password 3',
      'user priv 3 operator',
      'user enable 3',
      'chassis bootdev pxe options=persistent',
      'chassis power on',
    ]) {
      const { code, error } = await at(...line.split(' '));
      expect([line, code, error]).toEqual([line, 0, '']);
    }
    expect(bmc.state.users.byId(3)).toMatchObject({ enabled: true, privilege: 'operator', password: Buffer.from('a password of 20 by') });
    expect(bmc.state.chassis).toMatchObject({ powerOn: true, bootDevice: 'pxe' });
    expect((await at('user', 'disable', '3')).code).toBe(0);
    expect(bmc.state.users.byId(3)?.enabled).toBe(false);
  });

  it('asks several hosts at once and says which one failed', async () => {
    const words = ['-H', '127.0.0.1,localhost', '-p', String(bmc.port), '-U', 'admin', '-P', 'secret'];
    expect((await run(...words, 'power', 'status')).out.split('\n').sort()).toEqual([
      '127.0.0.1: Chassis Power is off',
      'localhost: Chassis Power is off',
    ]);
    const mixed = await run('-H', '127.0.0.1,host.invalid', ...words.slice(2), '--json', 'power', 'status');
    expect(mixed.code).toBe(1);
    expect(JSON.parse(mixed.out)).toMatchObject([
      { ok: true, result: { on: false } },
      { ok: false, error: { message: expect.stringContaining('host.invalid') as string } },
    ]);
  });

  it('says what is wrong with a wrong line, with exit code 2, and never the password', async () => {
    for (const line of [['chassis', 'fly'], ['raw'], ['chassis', 'bootdev', 'tape'], ['raw', '6', 'x']])
      expect((await at(...line)).code).toBe(2);
    expect((await run('power', 'status')).code).toBe(2);
    expect((await run('-Q', 'x')).code).toBe(2);
    expect((await run('-H', 'x', '-C', '5', 'power', 'status')).error).toContain('not implemented');
    const wrong = await run('-H', '127.0.0.1', '-p', String(bmc.port), '-U', 'admin', '-P', 'hunter2', 'power', 'status');
    expect(wrong.code).toBe(1);
    expect(wrong.error).toContain('login refused');
    expect(wrong.error).not.toContain('hunter2');
  });

  it('gives a completion code in JSON', async () => {
    const { out, code } = await at('--json', 'raw', '0x3e', '1');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ ok: false, error: { code: 'COMPLETION', completionCode: 0xc1, range: 'generic' } });
  });

  it('finds who answers a presence ping', async () => {
    expect((await run('-H', '127.0.0.1', '-p', String(bmc.port), 'ping')).out).toBe(`127.0.0.1 port ${bmc.port}: IPMI`);
  });
});

describe('sol activate', () => {
  it('carries keys and output until ~. and gives the console back', async () => {
    const [input, output, notes] = [new PassThrough(), new PassThrough(), [] as string[]];
    const done = runSol(
      { host: '127.0.0.1', port: bmc.port, username: 'admin', password: 'secret' },
      { input, output, note: (text) => void notes.push(text) },
    );
    await expect.poll(() => notes.length, { timeout: 10_000 }).toBe(1);
    input.write('uname -a\r');
    let seen = '';
    output.on('data', (bytes: Buffer) => (seen += bytes.toString()));
    await expect.poll(() => seen, { timeout: 10_000 }).toBe('uname -a\r');
    input.write('~.');
    await done;
    await expect.poll(() => bmc.state.sessions.size, { timeout: 10_000 }).toBe(0);
    expect(bmc.state.sol.holder).toBeUndefined();
  });
});

describe('escapes of the console', () => {
  it('count only at the start of a line', () => {
    const reader = new EscapeReader();
    expect(reader.feed(Buffer.from('ls ~.\r~B'))).toEqual({ text: Buffer.from('ls ~.\r'), actions: ['break'] });
    expect(reader.feed(Buffer.from('\n~'))).toEqual({ text: Buffer.from('\n'), actions: [] });
    expect(reader.feed(Buffer.from('.'))).toEqual({ text: Buffer.alloc(0), actions: ['end'] });
    expect(reader.feed(Buffer.from('\r~~x'))).toEqual({ text: Buffer.from('\r~x'), actions: [] });
  });
});
