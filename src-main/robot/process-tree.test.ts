import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it, vi } from 'vitest';
import { parseProcess, parsePsLine, programName, seeProcesses, treeOf } from './process-tree.ts';

it('says what a program is and nothing that could be a password', () => {
  expect(programName(['/usr/bin/python3.11', '-u', '-m', 'robot', '--variable', 'PASSWORD:x'])).toBe('python3.11 -m robot');
  expect(programName(['python3', '/opt/x/supervisor.py', 'spec.json'])).toBe('python3 supervisor.py');
  expect(programName(['/usr/bin/ipmitool', '-P', 'secret'])).toBe('ipmitool');
  expect(programName(['sh', '-c', 'login --password x'])).toBe('sh');
});

it('reads what Linux and ps write, odd names of programs included', () => {
  const fields = ['S', '7', ...Array.from({ length: 9 }, () => '0'), '150', '50', ...Array.from({ length: 6 }, () => '0'), '1000'];
  const stat = `42 (a (b) c) ${fields.join(' ')}`;
  const seen = parseProcess({ pid: 42, stat, status: 'Name:\tx\nVmRSS:\t  2048 kB\n', command: '' }, 5000);
  expect(seen).toEqual({ pid: 42, parent: 7, name: 'a (b) c', cpuMs: 2000, memory: 2 * 1024 * 1024, startedAt: 15_000 });
  expect(parsePsLine('  12   1  2048  1-01:02.50 /usr/bin/my tool')).toEqual([
    { pid: 12, parent: 1, name: 'my tool', cpuMs: 86_462_500, memory: 2_097_152, startedAt: null },
  ]);
  expect(parsePsLine('')).toEqual([]);
});

it.skipIf(process.platform === 'win32')('finds what a process has started', async () => {
  const child = spawn('sleep', ['60']);
  try {
    await vi.waitFor(async () => {
      const tree = treeOf(await seeProcesses(Date.now()), process.pid);
      expect(tree[0]?.pid).toBe(process.pid);
      expect(tree.find(({ pid }) => pid === child.pid)).toMatchObject({ parent: process.pid, name: 'sleep' });
    });
  } finally {
    child.kill();
    await once(child, 'exit');
  }
});
