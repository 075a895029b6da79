import { setTimeout as pause } from 'node:timers/promises';
import { formatAmount } from '../../../src-shared/text/quantities.ts';
import type { HomeLayout } from '../home/layout.ts';
import { fine, type Check, type Remedy } from './check.ts';
import { commandOf, numbersIn } from './port-holder.ts';

interface ProcessServices {
  layout: HomeLayout;
  /** Runs that have not ended, or only just. */
  livingRuns: () => ReadonlySet<string>;
  knownSuts: () => ReadonlySet<string>;
  graceMs?: number;
}

interface Strayed {
  pid: number;
  what: string;
}

const GRACE_MS = 5000;

/** Supervisors and Robot of runs that are over, virtual machines of SUTs that are gone: what the workbench started and nobody ends. */
export const processes = (services: ProcessServices): Check => ({
  number: 21,
  id: 'processes',
  title: 'Processes left over',
  group: 'computer',
  look: async () => {
    if (process.platform !== 'linux') return fine('not looked at on this system');
    const found = await strayed(services);
    if (found.length === 0) return fine('none without a run');
    return {
      outcome: 'warning',
      detail: `${formatAmount(found.length, 'process', 'processes')} of this home that nobody waits for`,
      lines: found.map(({ pid, what }) => ({ text: `Process ${pid}: ${what}.`, place: null })),
      repair: 'End them: they take memory, and may still talk to machines.',
      remedy: ending(services, found),
    };
  },
});

async function strayed({ layout, livingRuns, knownSuts }: ProcessServices): Promise<Strayed[]> {
  const living = livingRuns();
  const suts = knownSuts();
  const ofRun = new RegExp(`${escaped(layout.runs)}/([^/ ]+)`, 'u');
  const ofSut = new RegExp(`${escaped(layout.home)}/machines/([^/ ,]+)`, 'u');
  const found = await Promise.all(
    (await numbersIn('/proc')).map(async (pid): Promise<Strayed[]> => {
      const command = await commandOf(pid);
      const run = ofRun.exec(command)?.[1];
      const sut = ofSut.exec(command)?.[1];
      if (Number(pid) === process.pid) return [];
      if (run !== undefined && !living.has(run) && isOurs(command))
        return [{ pid: Number(pid), what: `of the run ${run}, which has ended` }];
      if (sut !== undefined && !suts.has(sut) && command.includes('qemu-system'))
        return [{ pid: Number(pid), what: 'a virtual machine whose SUT was removed' }];
      return [];
    }),
  );
  return found.flat();
}

/** What reads a report of that run, as an editor does, is none of ours. */
const isOurs = (command: string) => /supervisor\.py|robot(?:\b|\.run)/u.test(command);

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&');

function ending(services: ProcessServices, found: Strayed[]): Remedy {
  const what = formatAmount(found.length, 'process', 'processes');
  return {
    verb: `End ${what}`,
    does: `Asks ${found.map(({ pid }) => pid).join(', ')} to end, and ends what has not gone after ${(services.graceMs ?? GRACE_MS) / 1000} s.`,
    hurts: 'What they write just now is cut off. No run of this home is waiting for it.',
    perform: async () => {
      const still = async () => {
        const now = new Set((await strayed(services)).map(({ pid }) => pid));
        return found.filter(({ pid }) => now.has(pid));
      };
      for (const { pid } of await still()) end(pid, 'SIGTERM');
      const until = Date.now() + (services.graceMs ?? GRACE_MS);
      while (Date.now() < until && (await still()).length > 0) await pause(100);
      for (const { pid } of await still()) end(pid, 'SIGKILL');
      while ((await still()).length > 0 && Date.now() < until + GRACE_MS) await pause(100);
      return `${what} ended.`;
    },
  };
}

/** It may have gone by itself meanwhile. */
function end(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    return;
  }
}
