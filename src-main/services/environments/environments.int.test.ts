import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createEnvironments } from './default-environment.ts';

const scripts = join(import.meta.dirname, '../../../resources/robot');
const folder = () => mkdtempSync(join(tmpdir(), 'atn-environments-'));

function environmentsWith(pythonPath: string | null = null, variables: NodeJS.ProcessEnv = { ...process.env, ATN_CACHE: folder() }) {
  const found: string[] = [];
  let path = pythonPath;
  const environments = createEnvironments({
    scripts,
    clock: { now: () => Date.now() },
    pythonPath: () => path,
    onFound: () => void found.push('found'),
    variables,
  });
  return { environments, found, cache: variables['ATN_CACHE'] ?? '', choose: (other: string | null) => (path = other) };
}
/** A program that answers as a Python would. */
function pretend(answer: string): string {
  const file = join(folder(), 'python');
  writeFileSync(file, `#!/bin/sh\n${answer}\n`);
  chmodSync(file, 0o755);
  return file;
}

describe('the environment of runs', () => {
  it('is made once for all who ask at the same time, then found at once, and made again when somebody removed it', async () => {
    const { environments, found, cache } = environmentsWith();
    const steps: string[] = [];
    expect(environments.known()).toBeNull();
    const [one, two] = await Promise.all([
      environments.ensureDefault({ onProgress: ({ step }) => void steps.push(step) }),
      environments.ensureDefault(),
    ]);
    expect(one).toEqual(two);
    expect(one).toMatchObject({ robotVersion: '7.5', origin: 'managed', pythonVersion: expect.stringMatching(/^3\.\d+/u) as unknown });
    expect(steps.length).toBeGreaterThan(1);
    const begin = performance.now();
    expect(await environments.ensureDefault()).toEqual(one);
    expect(performance.now() - begin).toBeLessThan(50);
    expect([found.length, environments.known()]).toEqual([1, one]);
    rmSync(join(cache, 'environments'), { recursive: true });
    expect((await environments.ensureDefault()).python).toBe(one.python);
    expect(existsSync(one.python)).toBe(true);
  });
  it('is given up when the last one who waits for it has left, and leaves no half made one', async () => {
    const { environments, cache } = environmentsWith();
    const abort = new AbortController();
    const making = environments.ensureDefault({ signal: abort.signal, onProgress: () => abort.abort() });
    await expect(making).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(
      existsSync(join(cache, 'environments')) ? readdirSync(join(cache, 'environments')).filter((name) => !name.startsWith('.')) : [],
    ).toEqual([]);
  });
  it('is what the settings name, before the variable ATN_PYTHON', async () => {
    const { python } = await environmentsWith(null, process.env).environments.ensureDefault();
    const chosen = environmentsWith(python, { ...process.env, ATN_PYTHON: '/nowhere' });
    expect(await chosen.environments.ensureDefault()).toMatchObject({ origin: 'settings', robotVersion: '7.5' });
    chosen.choose(null);
    expect(chosen.environments.known()).toBeNull();
    await expect(chosen.environments.ensureDefault()).rejects.toMatchObject({ code: 'PYTHON_MISSING' });
    expect(await environmentsWith(null, { ...process.env, ATN_PYTHON: python }).environments.ensureDefault()).toMatchObject({
      origin: 'variable',
    });
  });
  it('is refused with a sentence when there is no Python, no Robot, or too old a Robot', async () => {
    const refusal = (python: string) => expect(environmentsWith(python).environments.ensureDefault()).rejects;
    await refusal('/nowhere/python').toMatchObject({ code: 'PYTHON_MISSING', message: expect.stringMatching(/Settings/u) as unknown });
    await refusal('/bin/true').toMatchObject({ code: 'ENVIRONMENT_FAILED' });
    await refusal('python3').toMatchObject({ code: 'ROBOT_MISSING', message: expect.stringMatching(/pip install/u) as unknown });
    const old = pretend(`case "$1" in -c) echo '{"python":"3.11.0","robot":"4.1.3","executable":"x"}';; *) exec python3 "$@";; esac`);
    await refusal(old).toMatchObject({ code: 'ROBOT_TOO_OLD', message: expect.stringMatching(/4\.1\.3.*6\.1/u) as unknown });
    const empty = environmentsWith(null, { ATN_CACHE: folder(), PATH: folder() });
    // The usual places are looked at, too: where they have a Python, it is taken.
    if (!['/usr/bin/python3', '/usr/local/bin/python3', '/opt/homebrew/bin/python3'].some(existsSync)) {
      await expect(empty.environments.ensureDefault()).rejects.toMatchObject({ code: 'PYTHON_MISSING' });
    }
  });
});
