import type { Readable, Writable } from 'node:stream';
import { openSession, type SessionOptions } from '../client/open-session.js';
import { openSol, type SolConsole } from '../operations/sol.js';

const escape = 0x7e;
const newlines = new Set([0x0d, 0x0a]);
const end = 0x2e;
const sendBreak = 0x42;

/** Splits typed bytes at `~.` (end) and `~B` (break), which count after the start of a line. */
export class EscapeReader {
  #atLineStart = true;
  #escaped = false;

  feed(bytes: Uint8Array): { readonly text: Buffer; readonly actions: ('end' | 'break')[] } {
    const out: number[] = [];
    const actions: ('end' | 'break')[] = [];
    for (const byte of bytes) {
      if (this.#escaped) {
        this.#escaped = false;
        if (byte === end) actions.push('end');
        else if (byte === sendBreak) actions.push('break');
        else if (byte === escape) out.push(escape);
        else out.push(escape, byte);
        this.#atLineStart = newlines.has(byte);
      } else if (this.#atLineStart && byte === escape) this.#escaped = true;
      else {
        out.push(byte);
        this.#atLineStart = newlines.has(byte);
      }
    }
    return { text: Buffer.from(out), actions };
  }
}

/** Where the person sits. */
export interface Terminal {
  readonly input: Readable & { readonly isTTY?: boolean; setRawMode?(raw: boolean): unknown };
  readonly output: Writable;
  note(text: string): void;
}

const processTerminal: Terminal = {
  input: process.stdin,
  output: process.stdout,
  note: (text) => void process.stderr.write(`${text}\r\n`),
};

function connect(console: SolConsole, terminal: Terminal): void {
  const escapes = new EscapeReader();
  terminal.input.on('data', (bytes: Buffer) => {
    const { text, actions } = escapes.feed(bytes);
    if (text.length > 0) console.write(text);
    for (const action of actions) {
      if (action === 'break') console.sendBreak();
      else console.end(() => console.destroy());
    }
  });
  // What was typed is acknowledged before the console is given back.
  terminal.input.once('end', () => console.end(() => console.destroy()));
  console.on('data', (bytes: Buffer) => terminal.output.write(bytes));
}

/** Connects the terminal with the machine's console until `~.`, end of input, or the BMC ends it. */
export async function runSol(options: SessionOptions, terminal: Terminal = processTerminal): Promise<void> {
  await using session = await openSession(options);
  const console = await openSol(session);
  terminal.note('[SOL Session operational. Use ~. to end, ~B for a break]');
  const { input } = terminal;
  const isRaw = input.isTTY === true;
  if (isRaw) input.setRawMode?.(true);
  try {
    const ended = new Promise<void>((resolve, reject) => console.once('end', resolve).once('close', resolve).once('error', reject));
    connect(console, terminal);
    await ended;
  } finally {
    if (isRaw) input.setRawMode?.(false);
    input.pause();
    console.destroy();
  }
}
