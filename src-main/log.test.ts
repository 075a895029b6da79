import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLog } from './log.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'atn-log-'));
const linesOf = (file: string) =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('the log', () => {
  it('writes one JSON object a line, with the stack and cause of an error', () => {
    const here = folder();
    const log = createLog(here);
    log.info('two\nlines', { count: 2 });
    log.error('it broke', new Error('outer', { cause: new Error('inner') }));
    const [first, second] = linesOf(join(here, 'harness.log'));
    expect(first).toMatchObject({ level: 'info', message: 'two\nlines', count: 2 });
    expect(String(second?.['error'])).toMatch(/outer[^]*inner/u);
  });
  it('keeps a bounded number of bounded files, newest lines first in harness.log', () => {
    const here = folder();
    const log = createLog(here, { maxBytes: 300, keep: 2 });
    for (let line = 0; line < 50; line += 1) log.info(`line ${line}`);
    expect(readdirSync(here).sort()).toEqual(['harness.1.log', 'harness.2.log', 'harness.log']);
    expect(linesOf(join(here, 'harness.log')).at(-1)).toMatchObject({ message: 'line 49' });
  });
});
