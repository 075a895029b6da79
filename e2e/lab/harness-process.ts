import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const atnProgram = join(root, process.env['ATN_BUILD_FOLDER'] ?? 'out', 'main/atn.js');

/** Builds what is missing of the program; before the first lab. */
export function buildAtn(): void {
  if (process.env['ATN_BUILD_FOLDER'] === undefined) spawnSync(process.execPath, [join(root, 'scripts/atn.mjs'), '--version']);
}

/** A home, the process that owns it, and the command line on it. */
export class HarnessProcess {
  readonly home: string;
  #process: ChildProcess | null = null;

  constructor(home = mkdtempSync(join(tmpdir(), 'atn-lab-'))) {
    this.home = home;
  }

  /** Ends it and removes its home. */
  async leave(): Promise<void> {
    await this.kill();
    rmSync(this.home, { recursive: true, force: true, maxRetries: 10 });
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, [atnProgram, 'serve', '--home', this.home, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#process = child;
    await new Promise<void>((resolve, reject) => {
      child.stdout.once('data', () => resolve());
      child.once('exit', (code) => reject(new Error(`the harness ended with ${code}`)));
    });
  }

  /** Asks it to end; resolves with its exit code when it has ended and nobody holds its output open any more. */
  async end(): Promise<number | null> {
    const child = this.#process;
    this.#process = null;
    if (child === null) return null;
    child.stdout?.resume();
    const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
    child.kill('SIGTERM');
    return closed;
  }

  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (child === null || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  async atn<T>(...words: string[]): Promise<T> {
    const child = spawn(process.execPath, [atnProgram, ...words, '--home', this.home, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await new Promise((resolve) => child.once('close', resolve));
    return JSON.parse(said) as T;
  }
}
