import { open } from 'node:fs/promises';

const TAIL = 64 * 1024;

/** Robot's own words about why it could not run: its last `[ ERROR ]` on the console, without the advice to read the help. */
export async function readRobotError(consoleFile: string): Promise<string | null> {
  return findRobotError(await readTail(consoleFile));
}

export function findRobotError(text: string): string | null {
  const plain = text.replaceAll(/\u001b\[[\d;]*m/gu, '');
  const at = plain.lastIndexOf('[ ERROR ] ');
  if (at < 0) return lastLine(plain);
  const [message = ''] = plain.slice(at + '[ ERROR ] '.length).split(/\n\s*\n|\nTry --help|\nOutput:|\n\[ /u);
  return message.trim().slice(0, 2000) || null;
}

function lastLine(text: string): string | null {
  return text.trim().split('\n').at(-1)?.trim().slice(0, 2000) || null;
}

async function readTail(file: string): Promise<string> {
  let handle;
  try {
    handle = await open(file, 'r');
    const { size } = await handle.stat();
    const buffer = Buffer.alloc(Math.min(size, TAIL));
    await handle.read(buffer, 0, buffer.length, Math.max(0, size - TAIL));
    return buffer.toString();
  } catch {
    return '';
  } finally {
    await handle?.close();
  }
}
