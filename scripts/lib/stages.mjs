// Runs named steps, a few at a time, and tells each one's outcome and time as it ends; what a failed step printed follows it.
import { run, say } from './run.mjs';

/**
 * @typedef {{ passed: number, failed: number }} Counts
 * @typedef {{ name: string, command: string[], options?: Parameters<typeof run>[1] }} Step
 */

/** @param {Step[]} steps @param {number} [together] @returns {Promise<Counts>} */
export async function runSteps(steps, together = 2) {
  const waiting = [...steps];
  const counts = { passed: 0, failed: 0 };
  const worker = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) counts[(await runStep(step)) ? 'passed' : 'failed'] += 1;
  };
  await Promise.all(Array.from({ length: together }, worker));
  return counts;
}

/** @param {Step} step */
async function runStep({ name, command, options }) {
  const started = performance.now();
  const { code, output } = await run(command, options);
  const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(6);
  say(`${code === 0 ? 'ok    ' : 'FAILED'} ${seconds} s  ${name}`);
  const warnings = /^.*\d+ warnings?.*$/m.exec(output);
  if (code === 0 && warnings) say(`          ${warnings[0].trim()}`);
  if (code !== 0) say(output.trimEnd().replace(/^/gm, '    '));
  return code === 0;
}
