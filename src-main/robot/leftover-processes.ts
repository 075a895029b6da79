import { readdirSync, readFileSync } from 'node:fs';
import { isAlive, readStat, signalProcess, type ProcessIdentity } from './process-identity.ts';

/**
 * Processes that a run left behind after its supervisor was killed, found by what every process of a run inherits: ATN_RECORD in its
 * environment. Linux only; elsewhere nobody but the supervisor knows them.
 */
export function findLeftovers(recordFile: string): ProcessIdentity[] {
  const mark = Buffer.from(`\0ATN_RECORD=${recordFile}\0`);
  return processIds().flatMap((pid) => {
    const stat = readStat(pid);
    if (stat === null || stat.state === 'Z' || !environmentHolds(pid, mark)) return [];
    return [{ pid, startTicks: stat.startTicks }];
  });
}

function processIds(): number[] {
  try {
    return readdirSync('/proc').flatMap((name) => (/^\d+$/u.test(name) ? [Number(name)] : []));
  } catch {
    return [];
  }
}

function environmentHolds(pid: number, mark: Buffer): boolean {
  try {
    return Buffer.concat([Buffer.of(0), readFileSync(`/proc/${pid}/environ`)]).includes(mark);
  } catch {
    return false; // another user's, or gone
  }
}

export interface Orphans {
  recordFile: string;
  /** Robot, as the supervisor last knew it. */
  robot: ProcessIdentity | null;
  /** How long Robot may tear down before it is killed. */
  graceMs: number;
}

/** Lets an orphaned Robot tear down, then ends everything that is left of the run. Answers how many had to be killed. */
export async function endOrphans({ recordFile, robot, graceMs }: Orphans): Promise<number> {
  if (robot !== null && isAlive(robot)) {
    signalProcess(robot, 'SIGTERM');
    const until = performance.now() + graceMs;
    while (isAlive(robot) && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const killed = new Set<number>();
  for (let round = 0; round < 50; round += 1) {
    const left = [...findLeftovers(recordFile), ...(robot !== null && isAlive(robot) ? [robot] : [])];
    if (left.length === 0) break;
    for (const each of left) if (signalProcess(each, 'SIGKILL')) killed.add(each.pid);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return killed.size;
}
