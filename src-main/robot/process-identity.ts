import { readFileSync } from 'node:fs';

/** A process and, where the system tells it, the moment it was started: an id alone is given again to a later process. */
export interface ProcessIdentity {
  pid: number;
  /** Clock ticks since boot; null where the system does not tell. */
  startTicks: number | null;
}

/** Whether exactly this process still runs. A zombie does not. Without start ticks the id alone decides. */
export function isAlive({ pid, startTicks }: ProcessIdentity): boolean {
  const now = readStat(pid);
  if (now !== null) return now.state !== 'Z' && now.state !== 'X' && (startTicks === null || now.startTicks === startTicks);
  if (process.platform === 'linux') return false;
  return answersSignal(pid);
}

/** Sends a signal to exactly this process; false when it is gone. */
export function signalProcess(identity: ProcessIdentity, signal: 'SIGTERM' | 'SIGKILL'): boolean {
  if (!isAlive(identity)) return false;
  try {
    process.kill(identity.pid, signal);
    return true;
  } catch {
    return false; // ended meanwhile
  }
}

function answersSignal(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** From /proc, Linux only. The name, in parentheses, may itself hold spaces and parentheses. */
export function readStat(pid: number): { state: string; startTicks: number } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', startTicks: Number(fields[19]) };
  } catch {
    return null;
  }
}
