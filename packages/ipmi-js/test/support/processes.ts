import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const venv = join(process.env['IPMI_JS_PEERS'] ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'ipmi-js'), 'venv');

/** Path of a program, or an error that names the package it comes from. A missing peer fails a test, it never skips one. */
export function program(name: string, debianPackage: string): string {
  for (const folder of [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/usr/bin']) {
    if (existsSync(join(folder, name))) return join(folder, name);
  }
  throw new Error(`${name} is missing: install the Debian package ${debianPackage} (packages/ipmi-js/test/peers.sh does)`);
}

/** The Python that has pyghmi and virtualbmc. */
export function peerPython(): string {
  const path = join(venv, 'bin', 'python');
  if (existsSync(path)) return path;
  throw new Error(`${path} is missing: packages/ipmi-js/test/peers.sh installs pyghmi and virtualbmc (PyPI) there`);
}

/** A UDP port that is free now. */
export async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return port;
}

/** Runs a program to its end; throws with its output when the exit code is not 0. */
export function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): string {
  const result = spawnSync(command, args, { encoding: 'utf8', timeout: 50_000, env: { ...process.env, TZ: 'UTC', ...env } });
  if (result.status !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with ${String(result.status)}: ${result.stdout}${result.stderr}`);
  return result.stdout;
}

/** The same without stopping this process, for programs that talk to something in it. */
export async function runAside(command: string, args: readonly string[]): Promise<string> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, TZ: 'UTC' } });
  let output = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString('latin1')));
  child.stderr.on('data', (data: Buffer) => (output += data.toString('latin1')));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${String(code)}: ${output}`);
  return output;
}

export interface Running {
  readonly child: ChildProcess;
  stop(): Promise<void>;
}

/** Starts a program that stays. */
export function start(command: string, args: readonly string[], options: { cwd?: string } = {}): Running {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, TZ: 'UTC' }, ...options });
  child.stderr.resume();
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGKILL');
    await ended;
  };
  return { child, stop };
}

/** Waits for a line that begins with `word` on the output of a started program. */
export async function outputLine(running: Running, word: string): Promise<string> {
  let text = '';
  return new Promise((resolve, reject) => {
    running.child.stdout?.on('data', (data: Buffer) => {
      text += data.toString();
      const line = text.split('\n').find((one) => one.startsWith(word));
      if (line !== undefined) resolve(line);
    });
    running.child.once('exit', (code) => reject(new Error(`ended with ${String(code)} before it was ready: ${text}`)));
  });
}

/** Waits until `check` answers something; its last error is told after `timeoutMs`. */
export async function eventually<T>(check: () => Promise<T> | T, timeoutMs = 20_000): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
