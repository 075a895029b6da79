// Starting other programs: quietly (output only when they fail), or joined to this terminal.
import { spawn } from 'node:child_process';

/** Says one line of what is being done, in plain words, on stderr: stdout belongs to the program that was asked for. */
export function say(/** @type {string} */ text) {
  process.stderr.write(`${text}\n`);
}

/**
 * Runs a program and answers its exit code and output; a program that cannot be started answers 127.
 * @param {string[]} command
 * @param {import('node:child_process').SpawnOptions & { seconds?: number }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run([program = '', ...parameters], { seconds, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, parameters, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    const limit = seconds === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
    let output = '';
    const keep = (/** @type {Buffer} */ chunk) => void (output += chunk.toString());
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('error', (error) => finish(127, error.message));
    child.on('close', (code) => finish(code ?? 1));
    const finish = (/** @type {number} */ code, extra = '') => {
      clearTimeout(limit);
      resolve({ code, output: output + extra });
    };
  });
}

/**
 * Like run, but a failure is thrown with everything the program printed.
 * @param {string[]} command
 * @param {Parameters<typeof run>[1]} [options]
 */
export async function must(command, options) {
  const { code, output } = await run(command, options);
  if (code !== 0) throw new Error(`${command.join(' ')}\nended with code ${code}:\n${output}`);
  return output;
}

/** npm of the Node that runs this script, as a command without a shell. */
export function npm(/** @type {string[]} */ ...parameters) {
  const script = process.env['npm_execpath'];
  return script?.endsWith('.js') ? [process.execPath, script, ...parameters] : ['npm', ...parameters];
}
