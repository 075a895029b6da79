// Python tools (uv, ruff, pytest) and an environment with Robot Framework, both in the cache, never in the system.
import { createHash } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheRoot, root } from '../lib/places.mjs';
import { must, run, say } from '../lib/run.mjs';

const packages = ['uv==0.13.9', 'ruff==0.17.6', 'pytest==9.2.0', 'robotframework==7.5'];
const key = createHash('sha256').update(packages.join()).digest('hex').slice(0, 8);
const folder = join(cacheRoot(), `python-tools-${key}`);
const programs = join(folder, process.platform === 'win32' ? 'Scripts' : 'bin');

export const toolsPython = join(programs, 'python');

/** This process's environment with the tools in front, so that uv is found by whoever asks for it. */
export const withTools = () => ({
  ...process.env,
  PATH: `${programs}${process.platform === 'win32' ? ';' : ':'}${process.env['PATH'] ?? ''}`,
});

export async function ensurePythonTools() {
  if (existsSync(join(folder, 'complete'))) return;
  say('Making a Python environment with Robot Framework, uv, ruff and pytest …');
  rmSync(folder, { recursive: true, force: true });
  await must([await findPython(), '-m', 'venv', folder]);
  await must([toolsPython, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages]);
  writeFileSync(join(folder, 'complete'), key);
}

/** Redfish's emulator and the fuzzer of REST, which others' work is tested against; apart from the tools, because of all they bring along. */
const labPackages = ['sushy-tools==2.2.0', 'bcrypt==5.0.0', 'schemathesis==4.32.5', 'pykickstart==3.78'];

export async function ensureLabEnvironment() {
  if (process.platform !== 'linux') return;
  const mark = createHash('sha256').update(labPackages.join()).digest('hex').slice(0, 8);
  const lab = join(cacheRoot(), `python-lab-${mark}`);
  if (existsSync(join(lab, 'complete'))) return;
  say('Making a Python environment with the Redfish emulator and the fuzzer that drivers and hub are tested against …');
  rmSync(lab, { recursive: true, force: true });
  await must([await findPython(), '-m', 'venv', lab]);
  await must([join(lab, 'bin', 'python'), '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...labPackages]);
  writeFileSync(join(lab, 'complete'), mark);
}

/** The locked environment in which runs start when a test or a user names none; the harness's own maker of environments makes it. */
export async function ensureRobotEnvironment() {
  const maker = join(root, 'resources', 'robot', 'environment.py');
  const place = ['--root', join(cacheRoot(), 'environments'), '--requirement', 'robotframework==7.5'];
  await must([await findPython(), maker, 'ensure', ...place], { env: withTools() });
}

/** The first Python of at least 3.9 that answers and can make environments. */
export async function findPython() {
  const test = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 9))';
  for (const name of ['python3', 'python']) {
    if ((await run([name, '-c', test])).code === 0) return name;
  }
  throw new Error(
    'Python 3.9 or newer with its venv module was not found. On Debian or Ubuntu type:\n\n  sudo apt-get install -y python3-venv\n',
  );
}
