import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { outputLine, start, type Running } from '../test/support/processes.js';

// The runner starts every bench in the folder of the package.
const bin = resolve('bin/ipmi-js.mjs');
const built = resolve('dist/cli/main.js');

/** Simulated BMCs in a process of their own, on ports that follow `port`. */
export async function startSimProcess(port: number, words: readonly string[] = []): Promise<Running> {
  if (!existsSync(built)) throw new Error('run "npm run build" in packages/ipmi-js first: the simulator of the figures is the built one');
  const running = start(process.execPath, [bin, 'sim', '--port', String(port), ...words]);
  await outputLine(running, 'sim1 ');
  running.child.stdout?.resume();
  return running;
}
