import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { uptime } from 'node:os';
import { basename } from 'node:path';

/** One process at one moment. `cpuMs`: of processor since its start. */
export interface SeenProcess {
  pid: number;
  parent: number;
  name: string;
  cpuMs: number;
  /** Bytes resident. */
  memory: number;
  /** UTC ms; null where the system does not tell. */
  startedAt: number | null;
}

/** Linux tells processor time in these, whatever the kernel was built with. */
const TICKS_A_SECOND = 100;

/** Every process of this computer by its id: from /proc, else from `ps`; empty where there is neither. */
export async function seeProcesses(now: number): Promise<Map<number, SeenProcess>> {
  const seen = process.platform === 'linux' ? await fromProc(now) : process.platform === 'win32' ? [] : await fromPs();
  return new Map(seen.map((each) => [each.pid, each]));
}

/** The process and all below it, parents first. Empty when it is gone. */
export function treeOf(all: ReadonlyMap<number, SeenProcess>, root: number): SeenProcess[] {
  const children = new Map<number, SeenProcess[]>();
  for (const each of all.values()) children.set(each.parent, [...(children.get(each.parent) ?? []), each]);
  const found: SeenProcess[] = [];
  const visit = (pid: number): void => {
    const here = all.get(pid);
    if (here === undefined || found.includes(here)) return;
    found.push(here);
    for (const child of children.get(pid) ?? []) visit(child.pid);
  };
  visit(root);
  return found;
}

async function fromProc(now: number): Promise<SeenProcess[]> {
  const names = await readdir('/proc').catch((): string[] => []);
  const bootAt = now - uptime() * 1000;
  const seen = await Promise.all(names.filter((name) => /^\d+$/u.test(name)).map((pid) => readProcess(Number(pid), bootAt)));
  return seen.filter((each) => each !== null);
}

async function readProcess(pid: number, bootAt: number): Promise<SeenProcess | null> {
  try {
    const [stat, status, command] = await Promise.all(
      ['stat', 'status', 'cmdline'].map((file) => readFile(`/proc/${pid}/${file}`, 'latin1')),
    );
    return parseProcess({ pid, stat: stat ?? '', status: status ?? '', command: command ?? '' }, bootAt);
  } catch {
    return null; // gone meanwhile
  }
}

/** The name of a program, in parentheses, may itself hold spaces and parentheses. */
export function parseProcess(
  { pid, stat, status, command }: { pid: number; stat: string; status: string; command: string },
  bootAt: number,
): SeenProcess {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = (Number(fields[11]) || 0) + (Number(fields[12]) || 0);
  const words = command.split('\0').filter((word) => word !== '');
  return {
    pid,
    parent: Number(fields[1]) || 0,
    name: programName(words) || stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')')),
    cpuMs: (ticks * 1000) / TICKS_A_SECOND,
    memory: Number(/^VmRSS:\s+(\d+) kB/mu.exec(status)?.[1] ?? 0) * 1024,
    startedAt: Math.round(bootAt + (Number(fields[19]) * 1000) / TICKS_A_SECOND),
  };
}

const INTERPRETERS = /^(?:python[\d.]*|node|bash|sh|perl|ruby)(?:\.exe)?$/u;

/** What a program is: its own name and, of an interpreter, the script or module; no further argument. */
export function programName([program = '', ...more]: readonly string[]): string {
  const name = basename(program);
  if (!INTERPRETERS.test(name)) return name;
  const module = more.indexOf('-m');
  const script = more.findIndex((word) => !word.startsWith('-'));
  if (module >= 0 && (script < 0 || module < script)) return `${name} -m ${more[module + 1] ?? ''}`.trim();
  // What follows -c is a program, not a name.
  return script < 0 || more.slice(0, script).includes('-c') ? name : `${name} ${basename(more[script] ?? '')}`;
}

async function fromPs(): Promise<SeenProcess[]> {
  const text = await new Promise<string>((resolve) => {
    execFile('ps', ['-axo', 'pid=,ppid=,rss=,time=,comm='], { maxBuffer: 8 * 1024 * 1024 }, (_error, stdout) => resolve(stdout));
  });
  return text.split('\n').flatMap(parsePsLine);
}

/** `  123   1  2048  1:02.50 /usr/bin/python3` */
export function parsePsLine(line: string): SeenProcess[] {
  const found = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+([\d:.-]+)\s+(.+)$/u.exec(line);
  if (found === null) return [];
  const [, pid = '', parent = '', memory = '', time = '', command = ''] = found;
  return [
    {
      pid: Number(pid),
      parent: Number(parent),
      name: basename(command),
      cpuMs: psTime(time),
      memory: Number(memory) * 1024,
      startedAt: null,
    },
  ];
}

/** `[days-][hours:]minutes:seconds[.hundredths]` in ms. */
function psTime(text: string): number {
  const [clock = '', days = '0'] = text.split('-').reverse();
  const seconds = clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return Math.round((Number(days) * 86_400 + seconds) * 1000);
}
