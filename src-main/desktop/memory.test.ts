import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { Memory } from './memory.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'atn-memory-'));

describe('Memory', () => {
  it('starts with nothing known', () => {
    expect(new Memory(folder()).facts).toEqual({ place: null, knowsRunsGoOn: false });
  });
  it('remembers between starts', () => {
    const here = folder();
    new Memory(here).remember({ place: { x: 1, y: 2, width: 1000, height: 700, maximised: true } });
    new Memory(here).remember({ knowsRunsGoOn: true });
    expect(new Memory(here).facts).toEqual({ place: { x: 1, y: 2, width: 1000, height: 700, maximised: true }, knowsRunsGoOn: true });
  });
  it.each(['', 'null', '[1', '{"place":{"width":"wide"}}'])('forgets a damaged file: %s', (content) => {
    const here = folder();
    writeFileSync(join(here, 'window.json'), content);
    expect(new Memory(here).facts).toEqual({ place: null, knowsRunsGoOn: false });
  });
  it('goes on when its folder cannot be written', () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const memory = new Memory(join(folder(), 'absent'));
    memory.remember({ knowsRunsGoOn: true });
    expect(memory.facts.knowsRunsGoOn).toBe(true);
    expect(error).toHaveBeenCalledOnce();
    error.mockRestore();
  });
});
