import type { ClientChannel } from 'ssh2';
import type { ShellAnswer } from '../capabilities.ts';
import type { Task } from '../driver.ts';
import { warmConnection, type SshLink } from './ssh-link.ts';

/** Bytes kept of each stream. */
const MOST = 1024 * 1024;

/** Runs one command to its end. */
export async function runCommand(link: SshLink, { command }: { command: string }, { permit }: Task): Promise<ShellAnswer> {
  const client = await warmConnection(link);
  permit();
  return new Promise((resolve, reject) => {
    // What it says may come in the same packet as the channel, so nobody may wait in between.
    client.exec(command, (error, channel) => (error === undefined ? collect(channel, resolve) : reject(error)));
  });
}

function collect(channel: ClientChannel, onEnd: (answer: ShellAnswer) => void): void {
  const [stdout, stderr] = [new Kept(), new Kept()];
  let [exitCode, signal]: [number | null, string | null] = [null, null];
  channel.on('data', (chunk: Buffer) => stdout.add(chunk));
  channel.stderr.on('data', (chunk: Buffer) => stderr.add(chunk));
  channel.on('exit', (code: number | null, name?: string) => ([exitCode, signal] = [code, name ?? null]));
  channel.on('error', () => undefined); // told by `close`
  channel.on('close', () => onEnd({ exitCode, signal, stdout: stdout.text, stderr: stderr.text, cut: stdout.cut || stderr.cut }));
  channel.end();
}

class Kept {
  cut = false;
  readonly #chunks: Buffer[] = [];
  #size = 0;

  add(chunk: Buffer): void {
    const room = MOST - this.#size;
    this.cut ||= chunk.length > room;
    if (room <= 0) return;
    this.#chunks.push(chunk.subarray(0, room));
    this.#size += Math.min(chunk.length, room);
  }

  get text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}
