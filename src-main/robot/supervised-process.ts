import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readStat, type ProcessIdentity } from './process-identity.ts';
import type { RunFolder } from './run-files.ts';

export interface SupervisorStart {
  /** Any Python 3.9 or newer; the supervisor needs nothing but its standard library. */
  python: string;
  /** supervisor.py. */
  script: string;
  folder: RunFolder;
  /** JSON for Robot's standard input, through the supervisor's; null when the run has no secrets. */
  secrets: string | null;
}

/**
 * Starts the supervisor of a run as a process of its own, which goes on whatever becomes of us. A second one for the same run ends
 * by itself without doing anything. Resolves when it was spawned, rejects when it could not be.
 */
export async function startSupervisor({ python, script, folder, secrets }: SupervisorStart): Promise<ProcessIdentity> {
  const log = openSync(folder.supervisorLog, 'a');
  try {
    const child = spawn(python, ['-E', '-s', '-B', script, folder.spec], {
      cwd: folder.folder,
      detached: true,
      windowsHide: true,
      stdio: [secrets === null ? 'ignore' : 'pipe', log, log],
    });
    await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    child.stdin?.on('error', () => undefined); // it may end before it has read them; exit.json tells
    child.stdin?.end(secrets ?? '');
    child.unref();
    const pid = child.pid ?? 0;
    return { pid, startTicks: readStat(pid)?.startTicks ?? null };
  } finally {
    closeSync(log);
  }
}

export interface Rebuild {
  python: string;
  /** rebuild.py. */
  script: string;
  folder: RunFolder;
}

/** Makes output.xml, log, report and xunit from the record. Answers whether it could, and what it said. */
export function rebuildReport({ python, script, folder }: Rebuild): Promise<{ done: boolean; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(python, ['-B', script, folder.folder], {
      cwd: folder.folder,
      windowsHide: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    const keep = (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4000));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => resolve({ done: false, said: error.message }));
    child.once('close', (code) => resolve({ done: code === 0, said: errorIn(said) }));
  });
}

/** rebuild.py says what went wrong as `error` in one JSON object; Python itself says it on its last line. */
function errorIn(said: string): string {
  const last = said.trim().split('\n').at(-1) ?? '';
  try {
    const answer = JSON.parse(last) as { error?: unknown };
    return typeof answer.error === 'string' ? answer.error : last;
  } catch {
    return last;
  }
}
