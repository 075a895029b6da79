import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const root = process.cwd();
/** Of Debian and of the image alike: somebody who owns nothing. */
const NOBODY = 65_534;

/** The last stage of docs/hub.Containerfile, laid out in a folder: what an image of it would hold, and nothing else. */
export interface HubImage {
  environment: Record<string, string>;
  /** CMD, with these settings over those of the file; outside of a container a port and an address of its own have to be named. */
  start(settings: Record<string, string>): ChildProcess;
  /** What HEALTHCHECK ends with: 0 is healthy. */
  check(settings: Record<string, string>): number | null;
}

interface Layout {
  place: string;
  owner: { uid: number; gid: number };
  folder: string;
  environment: Record<string, string>;
  command: string[];
  check: string;
}

/** The first words of the lines of a stage, each with what it does here; a line of another kind has to be thought of first. */
const LINES: Record<string, (layout: Layout, rest: string) => void> = {
  WORKDIR: (layout, rest) => {
    layout.folder = inside(layout, rest);
    mkdirSync(layout.folder, { recursive: true });
  },
  COPY: copy,
  RUN: (layout, rest) => {
    const { uid, gid } = layout.owner;
    const here = rest.replaceAll('/home/node', inside(layout, '/home/node')).replaceAll('node:node', `${uid}:${gid}`);
    execFileSync('sh', ['-ec', here], { cwd: layout.folder });
  },
  ENV: (layout, rest) => {
    for (const pair of rest.split(' ')) {
      const [name = '', value = ''] = pair.split('=');
      layout.environment[name] = value.startsWith('/') ? inside(layout, value) : value;
    }
  },
  CMD: (layout, rest) => (layout.command = JSON.parse(rest) as string[]),
  HEALTHCHECK: (layout, rest) => (layout.check = rest.replace(/^CMD /u, '')),
  USER: (_layout, rest) => demand(rest === 'node', 'The image is to be run by the user node.'),
  VOLUME: (layout, rest) => demand(inside(layout, rest) === layout.environment['ATN_HUB_HOME'], 'The volume is to be the home of the hub.'),
  EXPOSE: (layout, rest) => demand(rest === layout.environment['ATN_HUB_PORT'], 'What is exposed is to be the port of the hub.'),
};

/** `/source` of the first stage is the built checkout. */
export function layOutHubImage(place: string): HubImage {
  const uid = process.getuid?.() === 0 ? NOBODY : (process.getuid?.() ?? 0);
  const gid = process.getuid?.() === 0 ? NOBODY : (process.getgid?.() ?? 0);
  chmodSync(place, 0o755);
  const layout: Layout = { place, owner: { uid, gid }, folder: place, environment: {}, command: [], check: '' };
  mkdirSync(inside(layout, '/home/node'), { recursive: true });
  for (const line of lastStage()) {
    const [kind = ''] = line.split(' ', 1);
    const act = LINES[kind];
    if (act === undefined) throw new Error(`Nobody has said here what this line of the container file does: ${line}`);
    act(layout, line.slice(kind.length + 1));
  }
  const run = (settings: Record<string, string>) => ({
    ...layout.owner,
    cwd: layout.folder,
    env: { PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`, HOME: '/nonexistent', ...layout.environment, ...settings },
  });
  const [program = '', ...words] = layout.command;
  return {
    environment: layout.environment,
    start: (settings) => spawn(program, words, { ...run(settings), stdio: ['ignore', 'pipe', 'inherit'] }),
    check: (settings) => spawnSync('sh', ['-c', layout.check], run(settings)).status,
  };
}

/** What a process says until it has said this. */
export async function saidUntil(child: ChildProcess, end: string): Promise<string> {
  let said = '';
  child.stdout?.setEncoding('utf8');
  for await (const chunk of child.stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    said += String(chunk);
    if (said.includes(end)) return said;
  }
  throw new Error(`It ended before it said “${end}”: ${said}`);
}

/** Ends it as a container is ended; answers its exit code. */
export async function endGently(child: ChildProcess): Promise<unknown> {
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  return ((await gone) as unknown[])[0];
}

function lastStage(): string[] {
  const lines = readFileSync(join(root, 'docs/hub.Containerfile'), 'utf8').split('\n');
  const from = lines.findLastIndex((line) => line.startsWith('FROM '));
  return lines.slice(from + 1).filter((line) => line !== '' && !line.startsWith('#'));
}

function copy(layout: Layout, rest: string): void {
  const parts = rest.replace('--from=build ', '').split(' ');
  const target = parts.at(-1) ?? '';
  for (const source of parts.slice(0, -1)) {
    const from = join(root, source.replace(/^\/source\//u, ''));
    const into = join(layout.folder, target);
    cpSync(from, target.endsWith('/') ? join(into, basename(from)) : into, { recursive: true });
  }
}

const inside = ({ place }: Layout, path: string): string => join(place, path);

function demand(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}
