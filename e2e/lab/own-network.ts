import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { once } from 'node:events';
import { program, runTool, startPeer } from './processes.ts';

const MARK = 'ATN_OWN_NETWORK';
const root = join(import.meta.dirname, '../..');

/** Whether this process has a network of its own: nothing of the machine's is in it, and it is gone with its last process. */
export const inOwnNetwork = process.env[MARK] === '1';

/**
 * Runs a file of tests once more, in a network of its own, where it may lay wires and answer on ports that belong to the system elsewhere. Throws with
 * what it printed when a test of it failed.
 */
export async function testInOwnNetwork(file: string, signal: AbortSignal): Promise<void> {
  const asRoot = process.getuid?.() === 0 ? [] : ['--map-root-user'];
  const vitest = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'integration', file];
  const child = spawn(
    program('unshare', 'util-linux'),
    ['--net', '--pid', '--mount-proc', ...asRoot, '--fork', '--kill-child=SIGKILL', process.execPath, ...vitest],
    { cwd: root, env: { ...process.env, [MARK]: '1', NO_COLOR: '1' }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let printed = '';
  child.stdout.on('data', (data: Buffer) => (printed += data.toString()));
  child.stderr.on('data', (data: Buffer) => (printed += data.toString()));
  signal.addEventListener('abort', () => child.kill('SIGKILL'));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`In a network of its own it ended with ${String(code)}:\n${printed}`);
}

export interface Lan {
  /** Of this computer, and the device that has it. */
  address: string;
  device: string;
  /** Where a virtual machine is put in: QEMU's `ifname`. */
  tap: string;
  /** Runs a program to its end on another computer of this network, whose card is `card0`. */
  elsewhere: (command: string, args: readonly string[]) => string;
  /** The command that runs a program there. */
  there: (command: string, args: readonly string[]) => [string, string[]];
  close: () => Promise<void>;
}

/** A network with this computer, another one, and a place for a virtual machine. In a network of its own only. */
export function layLan(): Lan {
  if (!inOwnNetwork) throw new Error('wires are laid in a network of its own only');
  const ip = (words: string): string => runTool(program('ip', 'iproute2'), words.split(' '));
  ip('link set lo up');
  // Without this a switch says nothing for 15 s after something was put in.
  ip('link add br0 type bridge forward_delay 0');
  ip('tuntap add tap0 mode tap');
  ip('link add port0 type veth peer name card0');
  for (const port of ['tap0', 'port0']) ip(`link set ${port} master br0 up`);
  ip('addr add 10.77.0.1/24 dev br0');
  ip('link set br0 up');
  const other = startPeer(program('unshare', 'util-linux'), ['--net', 'sleep', 'infinity']);
  const enter = ['-t', String(other.child.pid), '--net'];
  const nsenter = program('nsenter', 'util-linux');
  const there = (command: string, args: readonly string[]): [string, string[]] => [nsenter, [...enter, command, ...args]];
  const elsewhere = (command: string, args: readonly string[]): string => runTool(...there(command, args));
  // `unshare` has made its network when it is another one than ours.
  while (runTool('/bin/readlink', [`/proc/${other.child.pid}/ns/net`]) === runTool('/bin/readlink', ['/proc/self/ns/net']));
  ip(`link set card0 netns ${other.child.pid}`);
  for (const words of ['link set lo up', 'addr add 10.77.0.9/24 dev card0', 'link set card0 up', 'route add default dev card0'])
    elsewhere(program('ip', 'iproute2'), words.split(' '));
  return {
    ...{ address: '10.77.0.1', device: 'br0', tap: 'tap0', there, elsewhere },
    close: async () => {
      await other.stop();
      for (const device of ['br0', 'tap0']) ip(`link del ${device}`);
    },
  };
}
