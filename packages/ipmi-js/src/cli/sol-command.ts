import { openSession, type SessionOptions } from '../client/open-session.js';
import { openSol } from '../operations/sol.js';

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

/** Connects the terminal with the machine's console until `~.`, end of input, or the BMC ends it. */
export async function runSol(options: SessionOptions): Promise<void> {
  await using session = await openSession(options);
  const console = await openSol(session);
  process.stderr.write('[SOL Session operational. Use ~. to end, ~B for a break]\r\n');
  const { stdin, stdout } = process;
  if (stdin.isTTY) stdin.setRawMode(true);
  const escapes = new EscapeReader();
  stdin.on('data', (bytes: Buffer) => {
    const { text, actions } = escapes.feed(bytes);
    if (text.length > 0) console.write(text);
    for (const action of actions) {
      if (action === 'end') console.destroy();
      else console.sendBreak();
    }
  });
  console.on('data', (bytes: Buffer) => stdout.write(bytes));
  try {
    await new Promise<void>((resolve, reject) => console.once('end', resolve).once('close', resolve).once('error', reject));
  } finally {
    if (stdin.isTTY) stdin.setRawMode(false);
    stdin.pause();
    console.destroy();
  }
}
