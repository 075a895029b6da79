import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A program of the operating system. What is missing fails, with the package it comes from. */
export function program(name: string, debianPackage: string): string {
  for (const folder of [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/bin']) {
    if (existsSync(join(folder, name))) return join(folder, name);
  }
  throw new Error(`${name} is missing: install the Debian package ${debianPackage}, or let npm test do it`);
}

/** A program of the Python environment that the bootstrap makes for the lab. */
export function labProgram(name: string): string {
  const cache = process.env['ATN_CACHE'] ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'atn-workbench');
  const folders = existsSync(cache) ? readdirSync(cache).filter((each) => each.startsWith('python-lab-')) : [];
  const found = folders.map((each) => join(cache, each, 'bin', name)).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`${name} is missing: npm test makes the Python environment of the lab`);
  return found;
}

/** A TCP port of 127.0.0.1 that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export interface Peer {
  child: ChildProcess;
  /** What it printed. */
  output: () => string;
  stop: () => Promise<void>;
}

/** Starts a program that stays until it is stopped. */
export function startPeer(command: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Peer {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment } });
  let output = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => (output += data.toString()));
  child.on('error', (error) => (output += error.message));
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGKILL');
    await ended;
  };
  return { child, output: () => output, stop };
}

/** Runs a program to its end. */
export function runTool(command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout: 30_000 });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${String(status)}: ${stdout}${stderr}`);
  return stdout;
}

/** Waits until `check` stops throwing; its last error is told after `limit` ms. */
export async function eventually<T>(check: () => Promise<T> | T, limit = 20_000): Promise<T> {
  const end = performance.now() + limit;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}
