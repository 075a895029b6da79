// Starting other programs: quietly (output only when they fail), or joined to this terminal.
import { spawn } from 'node:child_process';

/** Says one line of what is being done, in plain words, on stderr: stdout belongs to the program that was asked for. */
export function say(/** @type {string} */ text) {
  process.stderr.write(`${text}\n`);
}

/**
 * Runs a program and answers its exit code and output; a program that cannot be started answers 127. `shown`: its output is passed on too.
 * @param {string[]} command
 * @param {import('node:child_process').SpawnOptions & { seconds?: number, shown?: boolean }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run([program = '', ...parameters], { seconds, shown = false, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, parameters, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    const limit = seconds === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
    let output = '';
    const keep = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString();
      if (shown) process.stdout.write(chunk);
    };
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

/** Hands this terminal over to another program: its input, output, signals and exit code become this one's. @param {string[]} command */
export function become([program = '', ...parameters]) {
  const child = spawn(program, parameters, { stdio: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

/** The body of a command that a person types: what goes wrong is told in its own words, without a stack. @param {() => Promise<void>} body */
export async function script(body) {
  try {
    await body();
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
