import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { consoleSize, readConsole } from '../src/console.ts';

const folder = mkdtempSync(join(tmpdir(), 'atn-console-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'console.log');
const all = { offset: 0, limit: 1_000_000, ended: false };

describe('the console', () => {
  it('is empty while there is no file', async () => {
    expect(await readConsole(join(folder, 'absent.log'), all)).toEqual({ text: '', offset: 0, next: 0, size: 0 });
    expect(await consoleSize(join(folder, 'absent.log'))).toBe(0);
  });
  it('comes whole in parts of any size, from any place between characters', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 1, max: 9 }), async (text, limit) => {
        const clean = Buffer.from(text).toString('utf8');
        writeFileSync(file, clean);
        let read = '';
        let offset = 0;
        for (let part = await readConsole(file, { offset, limit, ended: true }); part.next > offset;) {
          read += part.text;
          offset = part.next;
          part = await readConsole(file, { offset, limit, ended: true });
        }
        expect(read).toBe(clean);
        expect(await consoleSize(file)).toBe(Buffer.byteLength(clean));
      }),
      { numRuns: 60 },
    );
  });
  it('holds back a character that is half written, and gives it whole later', async () => {
    const bytes = Buffer.from('fan 4 ⚠');
    writeFileSync(file, bytes.subarray(0, -1));
    const first = await readConsole(file, all);
    expect(first).toEqual({ text: 'fan 4 ', offset: 0, next: 6, size: 8 });
    writeFileSync(file, bytes);
    expect((await readConsole(file, { ...all, offset: first.next })).text).toBe('⚠');
  });
  it('shows what stays half written when nothing comes any more', async () => {
    writeFileSync(file, Buffer.from('end ⚠').subarray(0, -1));
    expect(await readConsole(file, { ...all, ended: true })).toEqual({ text: 'end \uFFFD', offset: 0, next: 6, size: 6 });
  });
  it('begins at a character when asked for the last bytes', async () => {
    writeFileSync(file, 'äöü');
    expect(await readConsole(file, { ...all, offset: -3 })).toEqual({ text: 'ü', offset: 4, next: 6, size: 6 });
    expect((await readConsole(file, { ...all, offset: -100 })).text).toBe('äöü');
    expect(await readConsole(file, { ...all, offset: 100 })).toEqual({ text: '', offset: 6, next: 6, size: 6 });
  });
  it('gets through bytes that are no text at all', async () => {
    writeFileSync(file, Buffer.alloc(1000, 0x80));
    const part = await readConsole(file, { ...all, limit: 100 });
    expect(part.next).toBeGreaterThanOrEqual(100);
  });
});
